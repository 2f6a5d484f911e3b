package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.FolderLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap checkpoint random}: writes an untrained checkpoint. */
@Command(
        name = "random",
        description = "Writes an untrained checkpoint in the layout of its family, to try and to time things with.",
        mixinStandardHelpOptions = true)
final class CheckpointRandomCommand implements Runnable {
    static final class Names extends ArrayList<String> {
        Names() {
            super(Architectures.names());
        }
    }

    /** CLIP's own among them, which can be trained. */
    static final class ClipNames extends ArrayList<String> {
        ClipNames() {
            super(Architectures.clipNames());
        }
    }

    @Option(
            names = "--architecture",
            required = true,
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of ${COMPLETION-CANDIDATES}.")
    private String architecture;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The same seed gives the same weights (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--vocab",
            paramLabel = "FILE",
            description =
                    "A tokenizer to put into the folder: OpenAI's bpe_simple_vocab_16e6.txt.gz, or a tokenizer.json.")
    private Path vocabulary;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new or empty folder.")
    private Path out;

    @Mixin
    private Output output;

    private record Written(String architecture, long seed, String folder) {}

    @Override
    public void run() {
        WrongUse.checking(() -> Architectures.named(architecture));
        FolderLock.holding(out, () -> RandomCheckpoint.write(architecture, seed, Optional.ofNullable(vocabulary), out));
        if (output.isJson()) {
            output.print(new Written(architecture, seed, out.toString()), "");
        } else {
            output.err().println("Wrote an untrained " + architecture + " to " + out);
        }
    }
}
