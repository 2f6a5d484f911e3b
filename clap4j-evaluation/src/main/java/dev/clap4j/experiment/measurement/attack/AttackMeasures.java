package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import java.util.List;

/**
 * The measures of one attacked classifier.
 *
 * @param accuracy its accuracy under an attack
 * @param success the share of the images recognised without attack that no longer are
 * @param change the mean over images of the largest change of a value
 * @param zeroGradients the share of images whose gradient was zero everywhere at some step
 */
public record AttackMeasures(Measure accuracy, Measure success, Measure change, Measure zeroGradients) {
    /** Returns the measures of a classifier. */
    public static AttackMeasures of(Classifier classifier) {
        boolean zeroShot = classifier == Classifier.ZEROSHOT;
        String suffix = zeroShot ? "" : "-" + classifier.prompt();
        String target = zeroShot ? "Zero-shot ({prompt})" : "1-shot probe";
        return new AttackMeasures(
                Measure.accuracy("attacked" + suffix, target + " under {attack}", "{attack}"),
                Measure.loss("attack-success" + suffix, target + ", success of {attack}", "success"),
                new Measure(
                        "attack-change" + suffix,
                        target + ", change of images by {attack}",
                        "change",
                        false,
                        Measure.Unit.LEVELS),
                Measure.loss(
                        "attack-zero-gradients" + suffix, target + ", zero gradients of {attack}", "zero gradients"));
    }

    /** Returns all four. */
    public List<Measure> list() {
        return List.of(accuracy, success, change, zeroGradients);
    }
}
