package dev.clap4j.cli;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.evaluation.attack.AttackOptions;
import picocli.CommandLine.Option;

/** The options of {@code clap attack} that say how robustness is measured. */
final class AttackingOptions {
    @Option(
            names = "--attacks",
            defaultValue = "fgsm,pgd-20,cw-20",
            paramLabel = "A,B,…",
            description =
                    "fgsm, pgd-STEPS, cw-STEPS (PGD on Carlini and Wagner's margin), and from AutoAttack apgd-ce[-STEPS]"
                            + " and apgd-t[-STEPS], which take longest (default: ${DEFAULT-VALUE}).")
    private String attacks;

    @Option(
            names = "--epsilon",
            defaultValue = "" + AttackOptions.EPSILON,
            paramLabel = "E",
            description = "By how much a value may be changed (L∞), where a pixel's range is 1; 8/255 is 0.0314"
                    + " (default: ${DEFAULT-VALUE}, as published).")
    private double epsilon;

    @Option(
            names = "--threat",
            defaultValue = "pixel",
            paramLabel = "pixel|official",
            description =
                    "What is changed: pixels between 0 and 1; or, as in the published evaluation, the normalised image,"
                            + " clamped to 0 to 1 (default: ${DEFAULT-VALUE}).")
    private ThreatModel threat;

    @Option(
            names = "--classifier",
            defaultValue = "zeroshot",
            paramLabel = "zeroshot|oneshot",
            description =
                    "What is attacked: cosines with the class names, or in each domain a linear probe on one labelled"
                            + " image a class (default: ${DEFAULT-VALUE}).")
    private AttackOptions.Classifier classifier;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most N images of each domain, drawn from the seed (default: all).")
    private Integer limit;

    @Option(
            names = "--seed",
            defaultValue = "0",
            paramLabel = "S",
            description = "Seed of --limit, of the labelled images and of random starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    AttackOptions resolve() {
        return new AttackOptions(
                Attacks.parse(attacks), epsilon, threat, classifier, limit == null ? AttackOptions.ALL : limit, seed);
    }
}
