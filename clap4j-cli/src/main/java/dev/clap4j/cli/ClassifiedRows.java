package dev.clap4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

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
     * Finishes the output.
     *
     * @param unreadable the skipped images
     * @param stopped whether more images would have followed
     */
    void end(UnreadableImages unreadable, boolean stopped);

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
            case JSONL -> new ClassifiedJsonLines(out, labelled);
            case CSV -> new ClassifiedCsv(out, sorted);
        };
    }
}
