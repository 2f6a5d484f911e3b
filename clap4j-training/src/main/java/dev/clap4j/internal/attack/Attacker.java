package dev.clap4j.internal.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Attacks images of a victim under one threat model.
 *
 * @param victim the model under attack; closed by whoever opened it
 * @param threat the threat model
 * @param epsilon the largest change of a value (L∞), in the units of the threat model
 */
public record Attacker(Victim victim, ThreatModel threat, double epsilon) {
    /**
     * Returns images in the form of the threat model.
     *
     * @param pixels U8 {@code [b, 3, size, size]}, preprocessed for the model but not normalised
     */
    public TensorData images(TensorData pixels) {
        return ThreatImages.of(threat, pixels, victim.preprocessing());
    }

    /**
     * Returns the features of images, not normalised.
     *
     * @param ids the names of the rows
     * @param images F32 {@code [b, 3, size, size]}, in the form of the threat model
     */
    public FeatureMatrix features(List<String> ids, TensorData images) {
        return victim.call(() ->
                new FeatureMatrix(ids, victim.dim(), victim.network(threat).features(images.toFloats())));
    }

    /**
     * Searches for adversarial images.
     *
     * @param scorer the classifier that the attack sees
     * @param images F32 {@code [b, 3, size, size]}, in the form of the threat model
     * @param labels the true classes {@code [b]}
     * @param random the source of random numbers of each image
     * @param steps advanced by every image that the network is evaluated on
     * @throws dev.clap4j.StoppedException if a stop is requested
     */
    public Attacked attack(
            Attack attack, Scorer scorer, TensorData images, int[] labels, List<RandomGenerator> random, Steps steps) {
        return victim.call(() -> {
            Ball ball = new Ball(images.toFloats(), epsilon);
            AttackTask task = new AttackTask(victim.network(threat), scorer, ball, labels.clone(), random, steps);
            float[] adversarial = ball.centre().clone();
            AttackTrace trace = Perturbation.of(attack, task, adversarial);
            return new Attacked(TensorData.of("adversarial", adversarial, images.shape()), trace);
        });
    }
}
