package dev.clap4j.fuzz.target;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.Schedule;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The training of a head, interrupted and resumed. */
final class Training {
    private static ClapTrainer trainer;

    private Training() {}

    static List<Input> interrupted() {
        return List.of(Bits.written(Training::stopAfterCheck));
    }

    static void resume(Path folder) {
        trainer().train(folder, RunStart.RESUME, "", Progress.NONE);
    }

    /** Returns a trainer, whose model stays open as long as the process runs. */
    private static synchronized ClapTrainer trainer() {
        if (trainer == null) {
            ClipModel model = ClipModel.load(Fixture.folder().resolve("model"));
            ClapOptions options = Defaults.forClasses(List.of("dog", "cat"), model.embedDim())
                    .withSchedule(new Schedule(4, 2, 5, 0.01));
            trainer = ClapTrainer.of(model, options);
        }
        return trainer;
    }

    private static void stopAfterCheck(Path folder) {
        AtomicBoolean checked = new AtomicBoolean();
        Progress progress = new Progress() {
            @Override
            public void milestone(String text) {
                checked.set(true);
            }

            @Override
            public boolean stopRequested() {
                return checked.get();
            }
        };
        try {
            trainer().train(folder, RunStart.NEW, "", progress);
        } catch (StoppedException e) {
            return;
        }
        throw new IllegalStateException("The training went on");
    }
}
