package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.attack.Attack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.List;

/** Measures the duration of attacks on a few images. */
public final class GradientTrial {
    private static final Attack ATTACK = SignedGradient.pgd(100);

    /** Warm-up steps, not timed. */
    private static final int UNCOUNTED = 4;

    private static final double SECONDS = 1.5;

    private GradientTrial() {}

    /**
     * Returns the seconds per image of a gradient on a full batch.
     *
     * @param options their threat model and limit
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static double seconds(ClipModel clip, Dataset dataset, AttackOptions options) {
        int limit = Math.min(options.limit(), AttackBatch.MOST_IMAGES);
        AttackOptions trial = new AttackOptions(
                List.of(ATTACK), options.epsilon(), options.threat(), Classifier.ZEROSHOT, limit, options.seed());
        Stopwatch watch = new Stopwatch();
        try (Victim victim = Victim.clip(clip.checkpoint())) {
            Attacker attacker = new Attacker(victim, trial.threat(), trial.epsilon());
            AttackBatch batch = AttackBatch.of(
                            dataset, limit, trial.seed(), victim.preprocessing().size())
                    .get(0);
            Targets.Target target = new Targets(clip, dataset, trial).get(Method.CLIP, 0);
            Steps steps = Steps.begin(watch, "", Long.MAX_VALUE);
            batch.attack(
                    attacker,
                    ATTACK,
                    target.scorer().apply(ATTACK),
                    batch.decode(attacker),
                    new Streams(trial.seed()),
                    steps);
        } catch (StoppedException e) {
            // The stopwatch has seen enough.
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
