package dev.clap4j.cli;

import dev.clap4j.internal.image.UnreadableImage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Images that a command leaves out since they cannot be decoded. */
final class UnreadableImages {
    private final List<Listed> list = new ArrayList<>();

    /** An image, as JSON shows it. */
    record Listed(String file, String reason) {}

    /**
     * Adds images, and says why the first ones are left out, and how many there are.
     *
     * @param of the total number of images
     */
    void add(List<UnreadableImage> images, PrintWriter err, int of) {
        try (Warnings warnings = new Warnings(err)) {
            for (UnreadableImage image : images) {
                list.add(new Listed(image.file().toString(), image.reason()));
                warnings.accept(image.reason());
            }
        }
        if (!images.isEmpty()) {
            err.printf(
                    "clap: left out %d of %d images, since %s cannot be decoded%n",
                    images.size(), of, images.size() == 1 ? "it" : "they");
        }
    }

    /** Adds one that was not found at all. */
    void addMissing(String file, String reason, PrintWriter err) {
        list.add(new Listed(file, reason));
        err.println("clap: " + reason);
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Listed> list() {
        return list;
    }
}
