package dev.clap4j.internal.training;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.internal.clip.Backbone;
import java.nio.file.Path;

/** A run whose process ends in the middle of a step, without any chance to tidy up. */
final class DyingRun {
    static final int EXIT_CODE = 97;
    private static final int LAST_STEP = 71;

    private DyingRun() {}

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
        new ClapTrainer(FakeEncoder.options(), new Backbone("fake", "f00d", "none"), new FakeEncoder())
                .train(Path.of(arguments[0]), RunStart.NEW, "clap train", progress);
    }
}
