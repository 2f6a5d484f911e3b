package dev.clap4j.cli;

import dev.clap4j.UnreadableImage;
import dev.clap4j.dataset.ImageCollection;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ReadableImages;
import dev.clap4j.internal.io.Names;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --skip-unreadable}: the treatment of images that cannot be decoded. */
final class UnreadableOption {
    static final String NAME = "--skip-unreadable";

    @Option(
            names = NAME,
            description =
                    "Leave out images that cannot be decoded, and list them (default: the first one is an" + " error).")
    private boolean skip;

    private final Images images = new Images();

    boolean isSkipped() {
        return skip;
    }

    Images images() {
        return images;
    }

    /** Returns a collection as if images that cannot be decoded were not there, if that is wished. */
    <T extends ImageCollection<T>> T readable(T all, PrintWriter err) {
        if (!skip) {
            return all;
        }
        try (ProgressBar progress = ProgressBar.open()) {
            T good = all.readable(progress);
            images.add(good.unreadable(), err, all.size());
            return good;
        }
    }

    List<Path> readable(List<Path> all, PrintWriter err) {
        if (!skip) {
            return all;
        }
        try (ProgressBar progress = ProgressBar.open()) {
            List<UnreadableImage> bad = ReadableImages.unreadable(all, DecodeOptions.defaults(), progress);
            images.add(bad, err, all.size());
            Set<Path> files = bad.stream().map(UnreadableImage::file).collect(Collectors.toSet());
            return all.stream().filter(file -> !files.contains(file)).toList();
        }
    }

    /** Says below a table how many images it lacks. */
    void note(PrintWriter out) {
        int count = images.list().size();
        if (count > 0) {
            List<String> files = images.list().stream().map(Images.Listed::file).toList();
            out.println("Left out, since " + (count == 1 ? "it" : "they") + " cannot be read: " + Names.preview(files));
        }
    }

    /** Prints the result of a command, with what was left out: in JSON if that was wished. */
    void print(Output output, Object result, Object words) {
        output.print(skip ? Output.with(result, "unreadable", images.list()) : result, words);
        if (!output.isJson()) {
            note(output.out());
        }
    }

    /** Images that a command leaves out since they cannot be decoded. */
    static final class Images {
        private final List<Listed> list = new ArrayList<>();

        record Listed(String file, String reason) {}

        /** Adds images, and says why the first ones are left out, and how many there are of all. */
        void add(List<UnreadableImage> images, PrintWriter err, int all) {
            try (Warnings warnings = new Warnings(err)) {
                for (UnreadableImage image : images) {
                    list.add(new Listed(image.file().toString(), image.reason()));
                    warnings.accept(image.reason());
                }
            }
            if (!images.isEmpty()) {
                err.printf(
                        "clap: left out %d of %d images, since %s cannot be read%n",
                        images.size(), all, images.size() == 1 ? "it" : "they");
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
}
