package dev.clap4j.cli;

import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.FolderLock;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap checkpoint random}: writes an untrained checkpoint. */
@Command(
        name = "random",
        description = "Writes an untrained checkpoint in open_clip's layout, to try and to time things with.",
        mixinStandardHelpOptions = true)
final class CheckpointRandomCommand implements Runnable {
    /** The values of {@code --architecture}. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Architectures.names().iterator();
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
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        OptionValues.of(spec.commandLine(), () -> Architectures.named(architecture));
        FolderLock.holding(out, () -> RandomCheckpoint.write(architecture, seed, Optional.ofNullable(vocabulary), out));
        if (json.wanted()) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("architecture", architecture);
            result.put("seed", seed);
            result.put("folder", out.toString());
            JsonOption.print(spec.commandLine().getOut(), result);
        } else {
            spec.commandLine().getErr().println("Wrote an untrained " + architecture + " to " + out);
        }
    }
}
