package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.statistics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Checks that cast doubt on robustness values (Athalye et al. 2018; Carlini et al. 2019; Croce et al. 2021): gradients that
 * vanish, strong attacks that succeed less often than weak ones, and an epsilon that does not bound the change.
 */
public final class AttackWarnings {
    /** Differences of accuracies in percent that rounding may cause. */
    private static final double ROUNDING = 1e-9;

    private final AttackOptions options;
    private final AttackMeasures measures;
    private final String method;
    private final List<Score> scores;
    private final List<String> warnings = new ArrayList<>();

    private AttackWarnings(AttackOptions options, Condition method, List<Score> scores) {
        this.options = options;
        this.measures = AttackMeasures.of(options.classifier());
        this.method = method.title();
        Condition attacked = method.with(Condition.PROMPT, options.classifier().prompt());
        this.scores = scores.stream()
                .filter(score -> score.condition().matches(attacked))
                .toList();
    }

    /** Returns the warnings about all methods, each averaged over the seeds of a run. */
    public static List<String> of(List<Score> scores, AttackOptions options) {
        Measure accuracy = AttackMeasures.of(options.classifier()).accuracy();
        return scores.stream()
                .filter(score -> score.measure().equals(accuracy))
                .map(score -> score.condition().only(List.of(Condition.MODEL, Condition.METHOD, Condition.ALPHA)))
                .distinct()
                .flatMap(method -> new AttackWarnings(options, method, scores).all().stream())
                .toList();
    }

    private List<String> all() {
        if (options.threat() == ThreatModel.OFFICIAL) {
            clamp();
        }
        options.attacks().forEach(this::zeroGradients);
        for (Attack strong : options.withBaselines()) {
            for (Attack weak : options.withBaselines()) {
                if (strong.isStrongerThan(weak)) {
                    order(strong, weak);
                }
            }
        }
        return warnings;
    }

    private void clamp() {
        warnings.add(String.format(
                "The official threat model clamps normalised images to 0 to 1. That alone, without any attack, changes"
                        + " pixels of an image by up to %.0f/255 and takes %s from %s %% to %s %%; the pixel threat"
                        + " model has no such effect",
                value(measures.change(), AttackOptions.CLAMP),
                method,
                Metrics.twoDecimals(value(measures.accuracy(), AttackOptions.NONE)),
                Metrics.twoDecimals(value(measures.accuracy(), AttackOptions.CLAMP))));
    }

    private void zeroGradients(Attack attack) {
        double zero = value(measures.zeroGradients(), attack);
        if (zero > 0) {
            warnings.add("The gradient of " + Metrics.twoDecimals(zero)
                    + " % of the images was zero everywhere at some step of " + attack.name() + " on " + method
                    + ": the attack was blind there, and the accuracy under it says little about robustness");
        }
    }

    private void order(Attack strong, Attack weak) {
        double more = value(measures.accuracy(), strong);
        double fewer = value(measures.accuracy(), weak);
        if (more > fewer + ROUNDING) {
            warnings.add("The accuracy of " + method + " is " + Metrics.twoDecimals(more) + " % under " + strong.name()
                    + ", but only " + Metrics.twoDecimals(fewer) + " % "
                    + (weak.equals(AttackOptions.NONE) ? "under no attack at all" : "under the weaker " + weak.name())
                    + ": the stronger attack was not at its best, so its figure is too good to be true");
        }
    }

    /** Returns a score of the method, mean over domains; NaN if there is none. */
    private double value(Measure measure, Attack attack) {
        OptionalDouble mean = scores.stream()
                .filter(score -> score.measure().equals(measure)
                        && attack.name().equals(score.condition().get(Condition.ATTACK)))
                .mapToDouble(Score::value)
                .average();
        return mean.orElse(Double.NaN);
    }
}
