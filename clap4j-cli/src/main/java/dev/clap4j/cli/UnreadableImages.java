package dev.clap4j.cli;

import dev.clap4j.internal.image.UnreadableImage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Images that a command leaves out since they cannot be decoded. */
final class UnreadableImages {
    private final List<Listed> list = new ArrayList<>();
    private int told;

    /** An image, as JSON shows it. */
    record Listed(String file, String reason) {}

    void add(List<UnreadableImage> images) {
        images.forEach(image -> add(image.file().toString(), image.reason()));
    }

    private void add(String file, String reason) {
        list.add(new Listed(file, reason));
    }

    /** One that was not found at all, of which the person is told at once. */
    void addMissing(String file, String reason, PrintWriter err) {
        add(file, reason);
        err.println("clap: " + reason);
        told = list.size();
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Listed> list() {
        return list;
    }

    /**
     * Says why the first ones are left out, and how many there are.
     *
     * @param of the total number of images
     */
    void tell(PrintWriter err, int of) {
        List<Listed> news = list.subList(told, list.size());
        try (Warnings warnings = new Warnings(err)) {
            news.forEach(image -> warnings.accept(image.reason));
        }
        if (!news.isEmpty()) {
            err.printf(
                    "clap: left out %d of %d images, since %s cannot be decoded%n",
                    news.size(), of, news.size() == 1 ? "it" : "they");
        }
        told = list.size();
    }
}
