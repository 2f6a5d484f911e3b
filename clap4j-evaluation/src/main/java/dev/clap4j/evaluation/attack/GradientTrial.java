package dev.clap4j.evaluation.attack;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.attack.Attacks;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.run.RunStart;
import java.util.List;

/** Measures the duration of attacks on a few images. */
public final class GradientTrial {
    private static final String STEPS = "pgd-100";

    /** Warm-up steps, not timed. */
    private static final int UNCOUNTED = 4;

    private static final double SECONDS = 1.5;

    private GradientTrial() {}

    /**
     * Returns the seconds per image of a gradient on a full batch.
     *
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static double seconds(ClipModel clip, Dataset dataset, AttackOptions options) {
        Dataset some =
                new Dataset(dataset.root(), dataset.classes(), dataset.domains().subList(0, 1));
        AttackOptions trial = new AttackOptions(
                Attacks.parse(STEPS),
                options.epsilon(),
                options.threat(),
                AttackOptions.Classifier.ZEROSHOT,
                Math.min(options.limit(), AttackBatch.MOST_IMAGES),
                options.seed());
        Stopwatch watch = new Stopwatch();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            new AttackProtocol(clip, some, List.of(AttackMethod.CLIP), trial, watch)
                    .run(folder.path(), RunStart.NEW, "");
        } catch (StoppedException e) {
            // Stops the attack.
            return watch.seconds();
        }
        return watch.seconds();
    }

    private static final class Stopwatch implements Progress {
        private int steps;
        private long first;
        private long last;
        private long counted;

        @Override
        public void advance(long gradients) {
            last = System.nanoTime();
            steps++;
            if (steps <= UNCOUNTED) {
                first = last;
            } else {
                counted += gradients;
            }
        }

        @Override
        public boolean stopRequested() {
            return counted > 0 && (last - first) / 1e9 >= SECONDS;
        }

        double seconds() {
            return counted == 0 ? 0 : (last - first) / 1e9 / counted;
        }
    }
}
