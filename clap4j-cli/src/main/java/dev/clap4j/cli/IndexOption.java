package dev.clap4j.cli;

import dev.clap4j.search.ImageIndex;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --index}: an index of pictures to read. */
final class IndexOption {
    @Option(names = "--index", required = true, paramLabel = "INDEX", description = "The index, see clap index.")
    private Path path;

    /** Opens the index, and says so if it is empty; the caller closes it. */
    ImageIndex open(Output output) {
        ImageIndex index = ImageIndex.open(path);
        if (index.size() == 0) {
            output.note("there are no pictures in the index " + path + " yet");
        }
        return index;
    }
}
