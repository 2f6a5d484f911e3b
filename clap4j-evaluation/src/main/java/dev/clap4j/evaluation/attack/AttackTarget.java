package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.attack.Scorer;
import java.util.Map;

/** A classifier under attack, for one method and one domain. */
interface AttackTarget {
    /** Returns the scores seen by an attack. */
    Scorer scorer(Attack attack);

    /**
     * Predicts the classes of images.
     *
     * @param features {@code [b, D]}, not normalised
     * @param batch the number of the batch in the domain
     * @return class numbers {@code [b]} by prompt, that of the attacked classifier first
     */
    Map<String, int[]> predict(FeatureMatrix features, int batch);
}
