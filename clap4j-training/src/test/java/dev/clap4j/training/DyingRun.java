package dev.clap4j.training;

import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Path;

/** A run whose process ends in the middle of a step, without any chance to tidy up. */
final class DyingRun {
    static final int EXIT_CODE = 97;
    private static final int LAST_STEP = 71;

    private DyingRun() {}

    public static void main(String[] arguments) {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void progress(TrainingProgress progress) {
                if (progress.step() == LAST_STEP) {
                    Runtime.getRuntime().halt(EXIT_CODE);
                }
            }
        };
        new ClapTrainer(FakeEncoder.options(), new Backbone("fake", "f00d", "none"), new FakeEncoder())
                .train(Path.of(arguments[0]), RunStart.NEW, "clap train", listener);
    }
}
