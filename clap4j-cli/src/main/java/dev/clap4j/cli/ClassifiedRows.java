package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.clap4j.Prediction;
import dev.clap4j.internal.io.Csv;
import dev.clap4j.report.DisplayWidth;
import dev.clap4j.report.TableColumns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The output of {@code clap classify}, written row by row. */
interface ClassifiedRows {
    enum Format {
        TABLE,
        JSON,
        JSONL,
        CSV
    }

    /**
     * The result for one image.
     *
     * @param classes the best classes, the best one first; none if none is probable enough
     * @param sortedInto where the image was put, or would be; empty if images are not sorted
     */
    record Row(String image, List<Prediction> classes, Optional<Path> sortedInto) {
        /** The label if no class is probable enough. */
        static final String NONE = "none of these";

        Row sortedInto(Path file) {
            return new Row(image, classes, Optional.of(file));
        }

        String label() {
            return classes.isEmpty() ? NONE : classes.get(0).className();
        }

        /** Returns this image as JSON shows it, with a label, null for {@link #NONE}, if that is wished. */
        Map<String, Object> json(boolean labelled) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("image", image);
            if (labelled) {
                object.put("label", classes.isEmpty() ? null : label());
            }
            object.put("classes", classes);
            sortedInto.ifPresent(file -> object.put("sortedInto", file.toString()));
            return object;
        }
    }

    void add(Row image);

    /**
     * Finishes the output. Where images that are left out have no place in it, standard error lists them.
     *
     * @param unreadable the skipped images
     * @param stopped whether more images would have followed
     */
    default void end(UnreadableOption.Images unreadable, boolean stopped) {}

    /**
     * Rows in a format.
     *
     * @param images all images that may come
     * @param classes all classes that may come
     * @param sorted whether it is said where images are put
     * @param labelled whether JSON has a label, which is null for {@link Row#NONE}
     */
    static ClassifiedRows of(
            Format format, PrintWriter out, List<Path> images, List<String> classes, boolean sorted, boolean labelled) {
        return switch (format) {
            case TABLE ->
                Lines.of(out, images, classes, sorted, Screen.ofProcess().columns());
            case JSON -> new Json(out, labelled);
            case JSONL -> new JsonLines(out, labelled);
            case CSV -> CsvRows.begin(out, sorted);
        };
    }

    /** Lines of a table, its columns wide enough for all that may come, as far as the screen is. */
    final class Lines implements ClassifiedRows {
        private static final List<String> TITLES = List.of("Image", "Class", "Probability");

        private final PrintWriter out;
        private final TableColumns columns;
        private final boolean sorted;
        private boolean begun;

        private Lines(PrintWriter out, TableColumns columns, boolean sorted) {
            this.out = out;
            this.columns = columns;
            this.sorted = sorted;
        }

        /** A table on a screen of some width; an image whose name does not fit has a line of its own. */
        static Lines of(PrintWriter out, List<Path> images, List<String> classes, boolean sorted, int width) {
            int classWidth = width(classes.stream().map(TableColumns::cell), TITLES.get(1));
            int others = classWidth + TITLES.get(2).length() + 2 * TableColumns.GAP;
            int imageWidth = width(images.stream().map(TableColumns::cell), TITLES.get(0));
            int[] widths = {
                Math.min(imageWidth, Math.max(TITLES.get(0).length(), width - others)),
                classWidth,
                TITLES.get(2).length()
            };
            return new Lines(out, new TableColumns(widths, new boolean[] {false, false, true}), sorted);
        }

        private static int width(Stream<String> cells, String title) {
            return Math.max(
                    title.length(), cells.mapToInt(DisplayWidth::of).max().orElse(0));
        }

        @Override
        public void add(Row image) {
            if (!begun) {
                out.println(columns.line(TITLES));
                out.println(columns.rule());
                begun = true;
            }
            String first = TableColumns.cell(image.image());
            if (DisplayWidth.of(first) > columns.widths()[0]) {
                out.println(first);
                first = "";
            }
            for (List<String> cells : cells(image.classes())) {
                out.println(columns.line(List.of(first, cells.get(0), cells.get(1))));
                first = "";
            }
            if (sorted) {
                image.sortedInto().ifPresent(file -> out.println("  → " + TableColumns.cell(file)));
            }
        }

        private static List<List<String>> cells(List<Prediction> classes) {
            return classes.isEmpty()
                    ? List.of(List.of(Row.NONE, ""))
                    : classes.stream()
                            .map(each -> List.of(
                                    TableColumns.cell(each.className()),
                                    Table.cell("%.2f %%", 100 * each.probability())))
                            .toList();
        }
    }

    /** {@code {"images": [{"image": …, "classes": […]}, …], "unreadable": […]}}, whole whenever it ends. */
    final class Json implements ClassifiedRows {
        private final PrintWriter out;
        private final boolean labelled;
        private final JsonGenerator json;

        Json(PrintWriter out, boolean labelled) {
            this.out = out;
            this.labelled = labelled;
            try {
                this.json = Output.generator(out);
                json.writeStartObject();
                json.writeArrayFieldStart("images");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void add(Row image) {
            try {
                json.writePOJO(image.json(labelled));
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end(UnreadableOption.Images unreadable, boolean stopped) {
            try {
                json.writeEndArray();
                json.writePOJOField("unreadable", unreadable.list());
                if (stopped) {
                    json.writeStringField("outcome", "interrupted");
                }
                json.writeEndObject();
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.println();
        }
    }

    /** JSON Lines: an object a line for each image; those that were left out come last, each with the reason. */
    record JsonLines(PrintWriter out, boolean labelled) implements ClassifiedRows {
        @Override
        public void add(Row image) {
            Output.printLine(out, image.json(labelled));
        }

        @Override
        public void end(UnreadableOption.Images unreadable, boolean stopped) {
            unreadable.list().forEach(image -> Output.printLine(out, image));
        }
    }

    /** CSV by RFC 4180: titles, then a line for each of the best classes of an image. */
    record CsvRows(PrintWriter out, boolean sorted) implements ClassifiedRows {
        static CsvRows begin(PrintWriter out, boolean sorted) {
            CsvRows csv = new CsvRows(out, sorted);
            csv.print("sorted_into", "image", "rank", "class", "probability");
            return csv;
        }

        @Override
        public void add(Row image) {
            String place = image.sortedInto().map(String::valueOf).orElse("");
            if (image.classes().isEmpty()) {
                print(place, image.image(), "1", image.label(), "");
            }
            int rank = 0;
            for (Prediction prediction : image.classes()) {
                print(
                        place,
                        image.image(),
                        Integer.toString(++rank),
                        prediction.className(),
                        Float.toString(prediction.probability()));
            }
        }

        private void print(String place, String... fields) {
            Stream<String> last = Stream.of(place).filter(each -> sorted);
            out.print(Csv.line(Stream.concat(Stream.of(fields), last).toList()) + "\r\n");
            out.flush();
        }
    }
}
