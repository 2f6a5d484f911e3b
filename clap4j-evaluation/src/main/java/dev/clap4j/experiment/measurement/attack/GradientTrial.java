package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.UnitCost;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.List;

/** Measures the duration of attacks on a few images. */
public final class GradientTrial {
    /** Gradients of each image that are tried first, and the most. */
    private static final int FEW = 3;

    private static final int MOST = 1 << 10;

    private GradientTrial() {}

    /**
     * Returns the seconds per image of a gradient on a full batch.
     *
     * @param options their threat model and limit
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static double seconds(ClipModel clip, Dataset dataset, AttackOptions options) {
        int limit = Math.min(options.limit(), AttackBatch.MOST_IMAGES);
        Attack pgd = SignedGradient.pgd(FEW);
        AttackOptions trial = new AttackOptions(
                List.of(pgd),
                options.epsilons().largest(),
                options.threat(),
                Classifier.ZEROSHOT,
                limit,
                options.seed());
        try (Victim victim = Victim.clip(clip.checkpoint())) {
            Attacker attacker =
                    new Attacker(victim, trial.threat(), trial.epsilons().largest());
            AttackBatch batch = AttackBatch.of(
                            dataset, limit, trial.seed(), victim.preprocessing().size())
                    .get(0);
            TensorData images = batch.decode(attacker);
            Scorer scorer = new Targets(clip, dataset, trial)
                    .get(Method.CLIP, 0)
                    .scorer()
                    .apply(pgd);
            Streams streams = new Streams(trial.seed());
            double batches = UnitCost.secondsEach(
                    FEW,
                    MOST,
                    steps -> batch.attack(
                            attacker, SignedGradient.pgd(steps), scorer, images, streams, Steps.unreported()));
            return batches / batch.size();
        }
    }
}
