package dev.clap4j.cli;

import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.io.TensorRef;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap head apply}: features to content features. */
@Command(
        name = "apply",
        description = "Map features to content features, and write these to a file.",
        mixinStandardHelpOptions = true)
final class HeadApplyCommand implements Runnable {
    @Option(
            names = "--head",
            required = true,
            paramLabel = "FILE",
            description = "The head: ours (.safetensors) or the authors' (.pth).")
    private Path path;

    @Mixin
    private TrainedOnOption trainedOn;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Use only N of the further hidden layers (default: all that the file has).")
    private Integer repeat;

    @Mixin
    private HeadOption.Alpha alpha;

    @Option(
            names = "--features",
            required = true,
            paramLabel = "FILE[#NAME]",
            description = "Features that are not normalised: a tensor [n, D] of a .safetensors file.")
    private String features;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the content features go: .safetensors, .npy or .jsonl.")
    private Path out;

    @Mixin
    private DeviceOption device;

    @Mixin
    private Output output;

    @Override
    public void run() {
        WrongUse.checking(() -> FeatureFiles.checkEnding(out));
        WrongUse.checking(() -> TensorRef.parse(features));
        alpha.check(true);
        Head loaded = Head.load(path, trainedOn.which());
        Head head = repeat == null ? loaded : WrongUse.checking(() -> loaded.withRepeat(repeat));
        FeatureMatrix mapped;
        try (CompiledHead compiled = CompiledHead.of(head, device.engine(output.err()))) {
            mapped = compiled.apply(FeatureFiles.load(features), alpha.of(head));
        }
        FeatureFiles.save(mapped, out);
        EmbedCommand.Written written = EmbedCommand.Written.of(mapped, out);
        output.print(written, written);
    }
}
