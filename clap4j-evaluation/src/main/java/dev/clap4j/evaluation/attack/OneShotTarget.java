package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.SignedGradient;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.training.probe.LinearProbe;
import java.util.Map;

/**
 * A linear probe trained on one labelled image of each class.
 *
 * @param probe trained in the domain
 * @param threat the published attacks of the official one see features that are not normalised
 */
record OneShotTarget(LinearProbe probe, ThreatModel threat) implements AttackTarget {
    @Override
    public Scorer scorer(Attack attack) {
        return threat == ThreatModel.OFFICIAL && attack instanceof SignedGradient
                ? Scorer.officialProbe(probe)
                : Scorer.probe(probe);
    }

    @Override
    public Map<String, int[]> predict(FeatureMatrix features, int batch) {
        return Map.of("1-shot", probe.predict(features));
    }
}
