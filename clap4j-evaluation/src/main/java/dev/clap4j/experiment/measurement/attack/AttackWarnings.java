package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.NoAttack;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Measures;
import dev.clap4j.experiment.statistics.Metrics;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that cast doubt on robustness values (Athalye et al. 2018; Carlini et al. 2019; Croce et al. 2021): gradients that
 * vanish, strong attacks that succeed less often than weak ones, and an epsilon that does not bound the change.
 *
 * @param epsilon the value of its dimension; null if there is only one
 */
record AttackWarnings(AttackOptions options, Condition method, String epsilon, List<Score> scores) {
    /** Differences of accuracies in percent that rounding may cause. */
    private static final double ROUNDING = 1e-9;

    /** Returns the warnings about all methods, each averaged over the seeds of a run. */
    static List<String> of(List<Score> scores, AttackOptions options) {
        return scores.stream()
                .filter(score ->
                        score.measure().equals(options.classifier().measures().accuracy()))
                .map(score -> score.condition().only(List.of(Condition.MODEL, Condition.METHOD, Condition.ALPHA)))
                .distinct()
                .flatMap(
                        method -> options.epsilons().dimension(options.attacks().get(0)).stream()
                                .flatMap(
                                        epsilon -> new AttackWarnings(options, method, epsilon, scores).all().stream()))
                .distinct()
                .toList();
    }

    private List<String> all() {
        List<String> warnings = new ArrayList<>();
        Measures measures = options.classifier().measures();
        if (options.threat() == ThreatModel.OFFICIAL) {
            warnings.add(String.format(
                    "The official threat model clamps normalised images to 0 to 1. That alone, without any attack, changes"
                            + " pixels of an image by up to %.0f/255 and takes %s from %s %% to %s %%; the pixel threat"
                            + " model has no such effect",
                    value(measures.change(), AttackOptions.CLAMP),
                    method.title(),
                    Metrics.twoDecimals(value(measures.accuracy(), AttackOptions.NONE)),
                    Metrics.twoDecimals(value(measures.accuracy(), AttackOptions.CLAMP))));
        }
        for (Attack attack : options.attacks()) {
            double zero = value(measures.zeroGradients(), attack);
            if (zero > 0) {
                warnings.add("The gradient of " + Metrics.twoDecimals(zero)
                        + " % of the images was zero everywhere at some step of " + attack.name() + " on "
                        + method.title() + bound()
                        + ": the attack was blind there, and the accuracy under it says little about robustness");
            }
        }
        for (Attack strong : options.withBaselines()) {
            for (Attack weak : options.withBaselines()) {
                double more = value(measures.accuracy(), strong);
                double fewer = value(measures.accuracy(), weak);
                if (strong.isStrongerThan(weak) && more > fewer + ROUNDING) {
                    warnings.add("The accuracy of " + method.title() + " is " + Metrics.twoDecimals(more) + " % under "
                            + strong.name() + ", but only " + Metrics.twoDecimals(fewer) + " % under "
                            + (weak.equals(AttackOptions.NONE) ? "no attack at all" : "the weaker " + weak.name())
                            + bound()
                            + ": the stronger attack was not at its best, so its figure is too good to be true");
                }
            }
        }
        return warnings;
    }

    private String bound() {
        return epsilon == null ? "" : ", at ε = " + epsilon + "/255";
    }

    /** Returns a score of the method, mean over domains; NaN if there is none. */
    private double value(Measure measure, Attack attack) {
        boolean bounded = epsilon != null && !(attack instanceof NoAttack);
        Condition attacked = method.with(Condition.PROMPT, options.attackedPrompt())
                .with(Condition.ATTACK, attack.name())
                .with(Condition.EPSILON, bounded ? epsilon : null);
        return scores.stream()
                .filter(score ->
                        score.measure().equals(measure) && score.condition().matches(attacked))
                .mapToDouble(Score::value)
                .average()
                .orElse(Double.NaN);
    }
}
