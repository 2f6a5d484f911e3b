package dev.clap4j.pretraining;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import java.nio.file.Path;
import java.util.Optional;

/** A run whose process ends between two checkpoints, without any chance to tidy up. */
final class DyingPretraining {
    static final int EXIT_CODE = 97;
    private static final int LAST_STEP = 8;

    private DyingPretraining() {}

    static PretrainOptions options() {
        return ShapesWorld.options(ShapesWorld.residual(), 11).withBatchSize(8).withCheckpointEvery(5);
    }

    public static void main(String[] arguments) {
        Progress progress = new Progress() {
            private long made;

            @Override
            public void advance(long steps) {
                made += steps;
                if (made == LAST_STEP) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
            }
        };
        new ClipPretrainer(options(), new ShapesWorld(), Optional.empty())
                .train(Path.of(arguments[0]), RunStart.NEW, "clap pretrain", progress);
    }
}
