package dev.clap4j.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.Tensors;
import java.lang.ref.Reference;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Attacks a victim's images, all under one threat model.
 *
 * @param victim stays its opener's to close
 * @param threat what may be changed
 * @param epsilon by how much, in the threat model's units (L∞)
 */
public record Attacker(Victim victim, ThreatModel threat, double epsilon) {
    /**
     * Images as they are attacked.
     *
     * @param pixels U8 {@code [b, 3, size, size]}, as prepared for the model but not normalised
     */
    public TensorData images(TensorData pixels) {
        return threat.images(pixels, victim.preprocessing());
    }

    /**
     * The features of images, not normalised.
     *
     * @param ids what the rows are called
     * @param images F32 {@code [b, 3, size, size]}, as the threat model sees them
     */
    public FeatureMatrix features(List<String> ids, TensorData images) {
        try {
            return victim.call(() -> NativeScope.callWithoutGradients(() -> features(ids, Tensors.asFloats(images))));
        } finally {
            Reference.reachabilityFence(images);
        }
    }

    private FeatureMatrix features(List<String> ids, Tensor images) {
        TensorData features = Tensors.toData("features", victim.features(normalised(images)));
        return new FeatureMatrix(ids, victim.dim(), features.toFloats());
    }

    private Tensor normalised(Tensor images) {
        return threat.normalised(images, victim.preprocessing());
    }

    /**
     * Looks for adversarial images.
     *
     * @param scorer the classifier that the attack sees
     * @param ids what the images are called
     * @param images F32 {@code [b, 3, size, size]}, as the threat model sees them
     * @param labels the right classes {@code [b]}
     * @param random for each image where its random starts come from
     * @param steps advanced by the gradients of single images
     * @throws dev.clap4j.StoppedException if the attack should stop
     */
    public Attacked attack(
            Attack attack,
            Scorer scorer,
            List<String> ids,
            TensorData images,
            int[] labels,
            List<RandomGenerator> random,
            Steps steps) {
        Noise noise = Noise.uniform(random, epsilon, victim.preprocessing().size());
        return attack(attack, scorer, ids, images, labels, noise, steps);
    }

    /** As {@link #attack}, with noise from elsewhere. */
    Attacked attack(
            Attack attack, Scorer scorer, List<String> ids, TensorData images, int[] labels, Noise noise, Steps steps) {
        try {
            return victim.call(() -> NativeScope.call(() -> {
                Ball ball = new Ball(Tensors.asFloats(images), epsilon);
                AttackTask task = new AttackTask(
                        x -> scorer.of(victim.features(normalised(x))), ball, labels.clone(), noise, steps);
                Tensor adversarial = ball.centre().clone();
                AttackTrace trace = attack.perturb(task, adversarial);
                return new Attacked(Tensors.toData("adversarial", adversarial), features(ids, adversarial), trace);
            }));
        } finally {
            Reference.reachabilityFence(images);
        }
    }
}
