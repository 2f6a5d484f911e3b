package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.clap4j.Prediction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where {@code clap classify} puts its results, row by row as they come. */
sealed interface ClassifiedRows {
    /** The best classes of an image. */
    void add(String image, List<Prediction> classes);

    /**
     * No more rows come.
     *
     * @param unreadable what was left out
     * @param stopped whether more images would have followed
     */
    void end(UnreadableImages unreadable, boolean stopped);

    /** A table, its columns wide enough for all that may come. */
    static ClassifiedRows table(PrintWriter out, List<Path> images, List<String> classes) {
        return new Rows(out, widths(images, classes));
    }

    private static TableColumns widths(List<Path> images, List<String> classes) {
        int[] widths = {
            width(images.stream().map(TableColumns::cell), "Image"),
            width(classes.stream(), "Class"),
            "Probability".length()
        };
        return new TableColumns(widths, new boolean[] {false, false, true});
    }

    private static int width(Stream<String> cells, String title) {
        return Math.max(title.length(), cells.mapToInt(DisplayWidth::of).max().orElse(0));
    }

    /** {@code {"images": [{"image": …, "classes": […]}, …], "unreadable": […]}}. */
    static ClassifiedRows json(PrintWriter out) {
        return new Json(out);
    }

    /** Lines of a table. */
    final class Rows implements ClassifiedRows {
        private final PrintWriter out;
        private final TableColumns columns;
        private boolean begun;

        private Rows(PrintWriter out, TableColumns columns) {
            this.out = out;
            this.columns = columns;
        }

        @Override
        public void add(String image, List<Prediction> classes) {
            if (!begun) {
                out.println(columns.line(List.of("Image", "Class", "Probability")));
                out.println(columns.rule());
                begun = true;
            }
            String first = TableColumns.cell(image);
            for (Prediction prediction : classes) {
                String percent = String.format(Locale.ROOT, "%.2f %%", 100 * prediction.probability());
                out.println(columns.line(List.of(first, TableColumns.cell(prediction.className()), percent)));
                first = "";
            }
        }

        @Override
        public void end(UnreadableImages unreadable, boolean stopped) {
            // Standard error says what is left out.
        }
    }

    /** An object that is whole whenever it ends. */
    final class Json implements ClassifiedRows {
        private final PrintWriter out;
        private final JsonGenerator json;

        private Json(PrintWriter out) {
            this.out = out;
            try {
                this.json = JsonOption.generator(out);
                json.writeStartObject();
                json.writeArrayFieldStart("images");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** An image, as JSON shows it. */
        private record Classified(String image, List<Prediction> classes) {}

        @Override
        public void add(String image, List<Prediction> classes) {
            try {
                json.writePOJO(new Classified(image, classes));
                json.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end(UnreadableImages unreadable, boolean stopped) {
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
}
