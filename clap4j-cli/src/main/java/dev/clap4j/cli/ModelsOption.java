package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --model}, as often as one likes, {@code --device} and {@code --precision}: models to compare. */
final class ModelsOption {
    @Option(
            names = "--model",
            paramLabel = "DIR|FILE|NAME",
            description =
                    "A CLIP checkpoint: a folder or a file in OpenAI's, Hugging Face's or open_clip's layout, or the"
                            + " name of a model to download, see clap models; several are compared (default: the mini CLIP that comes with clap4j, trained on drawn icons).")
    private List<String> names = new ArrayList<>();

    @Mixin
    private GeometryOption geometry;

    @Mixin
    private DeviceOption device;

    @Mixin
    private PrecisionOption precision;

    /** Opens the models, whose texts are truncated if too long. */
    List<ClipModel> load(PrintWriter err) {
        OrtEngine runner = precision.applyTo(device.engine(err));
        List<Checkpoint> checkpoints = geometry.open(names, err);
        Set<String> known = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (!known.add(checkpoints.get(i).fingerprint())) {
                throw new ClapException(names.get(i)
                        + " is given twice, or has the weights of a model before it; compare models that differ");
            }
        }
        checkpoints.forEach(checkpoint -> PrecisionOption.report(checkpoint, runner, err));
        return checkpoints.stream()
                .map(checkpoint -> ClipModel.of(checkpoint, runner, Overflow.TRUNCATE))
                .toList();
    }
}
