package dev.clap4j.cli;

import dev.clap4j.Prediction;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The output of {@code clap classify}, written row by row. */
interface ClassifiedRows {
    /** The formats, by their names on the command line. */
    enum Format {
        TABLE,
        JSON,
        JSONL,
        CSV
    }

    /** The best classes of an image. */
    void add(ClassifiedImage image);

    /**
     * Finishes the output. Where images that are left out have no place in it, standard error lists them.
     *
     * @param unreadable the skipped images
     * @param stopped whether more images would have followed
     */
    default void end(UnreadableImages unreadable, boolean stopped) {}

    /**
     * Rows in a format.
     *
     * @param images all images that may come
     * @param classes all classes that may come
     * @param sorted whether it is said where images are put
     * @param labelled whether JSON has a label, which is null for {@link ClassifiedImage#NONE}
     */
    static ClassifiedRows of(
            Format format, PrintWriter out, List<Path> images, List<String> classes, boolean sorted, boolean labelled) {
        return switch (format) {
            case TABLE -> ClassifiedTable.of(out, images, classes, sorted);
            case JSON -> new ClassifiedJson(out, labelled);
            case JSONL -> new JsonLines(out, labelled);
            case CSV -> Csv.begin(out, sorted);
        };
    }

    /** JSON Lines: an object a line for each image; those that were left out come last, each with the reason. */
    record JsonLines(PrintWriter out, boolean labelled) implements ClassifiedRows {
        @Override
        public void add(ClassifiedImage image) {
            Output.printLine(out, ClassifiedJson.object(image, labelled));
        }

        @Override
        public void end(UnreadableImages unreadable, boolean stopped) {
            unreadable.list().forEach(image -> Output.printLine(out, image));
        }
    }

    /** CSV by RFC 4180: titles, then a line for each of the best classes of an image. */
    record Csv(PrintWriter out, boolean sorted) implements ClassifiedRows {
        static Csv begin(PrintWriter out, boolean sorted) {
            Csv csv = new Csv(out, sorted);
            csv.print("sorted_into", "image", "rank", "class", "probability");
            return csv;
        }

        @Override
        public void add(ClassifiedImage image) {
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
            out.print(Stream.concat(Stream.of(fields), Stream.of(place).filter(last -> sorted))
                    .map(Csv::field)
                    .collect(Collectors.joining(",", "", "\r\n")));
            out.flush();
        }

        private static String field(String text) {
            boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
            return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
        }
    }
}
