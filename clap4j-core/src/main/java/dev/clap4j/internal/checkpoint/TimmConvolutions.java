package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.nn.ConvNext;
import dev.clap4j.internal.nn.FastVit;
import dev.clap4j.internal.nn.FastVit.Mixer;
import dev.clap4j.internal.nn.FastVit.Stage;
import dev.clap4j.internal.nn.VisionTower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** timm's convolutional networks; {@code fastvit_mci3_tiny} is clap4j's own, for untrained models. */
final class TimmConvolutions {
    private static final Map<String, ConvNextSize> CONVNEXT = Map.of(
            "convnext_atto", new ConvNextSize(40, 6, 2),
            "convnext_tiny", new ConvNextSize(96, 9, 3),
            "convnext_small", new ConvNextSize(96, 27, 3),
            "convnext_base", new ConvNextSize(128, 27, 3),
            "convnext_large", new ConvNextSize(192, 27, 3),
            "convnext_xlarge", new ConvNextSize(256, 27, 3),
            "convnext_xxlarge", new ConvNextSize(384, 30, 3));

    private static final Map<String, FastVitSize> FAST_VIT = Map.of(
            "fastvit_mci0", new FastVitSize(64, List.of(2, 6, 10, 2)),
            "fastvit_mci1", new FastVitSize(64, List.of(4, 12, 20, 4)),
            "fastvit_mci2", new FastVitSize(80, List.of(4, 12, 24, 4)),
            "fastvit_mci3", new FastVitSize(96, List.of(2, 12, 24, 4, 2)),
            "fastvit_mci4", new FastVitSize(128, List.of(2, 12, 24, 4, 4)),
            "fastvit_mci3_tiny", new FastVitSize(16, List.of(1, 1, 1, 1, 1)));

    private TimmConvolutions() {}

    /** Channels of the first stage, blocks of the third, and of the others. */
    private record ConvNextSize(int width, int deep, int blocks) {}

    private record FastVitSize(int width, List<Integer> blocks) {
        /** Returns whether there are five stages, as in MobileCLIP 2's larger models. */
        boolean isLarge() {
            return blocks.size() > 4;
        }
    }

    static Optional<VisionTower> convNext(ConfigSection vision, String name, int embedDim) {
        ConvNextSize size = CONVNEXT.get(name);
        if (size == null) {
            return Optional.empty();
        }
        TimmModels.requireAverage(vision);
        return Optional.of(new ConvNext(
                Limits.imageSize(vision, 224, 32),
                IntStream.range(0, 4).mapToObj(stage -> size.width << stage).toList(),
                name.equals("convnext_xxlarge")
                        ? List.of(3, 4, 30, 3)
                        : List.of(size.blocks, size.blocks, size.deep, size.blocks),
                name.equals("convnext_xxlarge") ? 1e-5f : 1e-6f,
                TimmModels.projection(vision, "linear", "mlp").equals("mlp"),
                embedDim));
    }

    static Optional<VisionTower> fastVit(ConfigSection vision, String name, int embedDim) {
        FastVitSize size = FAST_VIT.get(name);
        if (size == null) {
            return Optional.empty();
        }
        TimmModels.requirePool(vision, "avg");
        TimmModels.projection(vision, "");
        List<Stage> stages = new ArrayList<>();
        for (int stage = 0; stage < size.blocks.size(); stage++) {
            stages.add(new Stage(
                    size.width << stage,
                    size.blocks.get(stage),
                    size.isLarge() ? 4 : 3,
                    !size.isLarge() && stage > 1,
                    stage < 3 ? Mixer.CONVOLUTION : size.isLarge() ? Mixer.NORMED_ATTENTION : Mixer.ATTENTION));
        }
        return Optional.of(new FastVit(Limits.imageSize(vision, 224, 64), stages, !size.isLarge(), embedDim));
    }
}
