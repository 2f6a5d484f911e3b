package dev.clap4j.evaluation.attack;

import dev.clap4j.evaluation.MethodDifference;
import java.util.List;

/**
 * CLIP and, with a head, CLAP under adversarial attacks. Accuracies are percentages.
 *
 * @param data the data set's folder
 * @param images the number of attacked images
 * @param classes the class names
 * @param domains the domains' names
 * @param threat the threat model
 * @param epsilon the L∞ bound in the threat model's units
 * @param epsilonLevels the same for red, green and blue in the 256 levels of an image file
 * @param classifier the attacked classifier
 * @param seed of the run
 * @param methods CLIP first
 * @param differences in the attacked classifier's accuracy of every method from those before it, by the names of attacks
 * @param warnings reasons to doubt the values
 * @param pictures the files with pictures, one for each method
 */
public record AttackReport(
        String data,
        int images,
        List<String> classes,
        List<String> domains,
        String threat,
        double epsilon,
        List<Double> epsilonLevels,
        String classifier,
        long seed,
        List<MethodRobustness> methods,
        List<MethodDifference> differences,
        List<String> warnings,
        List<String> pictures) {
    private static final int COLOURS = 3;

    /** Makes the lists unmodifiable; older files may lack the differences. */
    public AttackReport {
        differences = differences == null ? List.of() : List.copyOf(differences);
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
        epsilonLevels = List.copyOf(epsilonLevels);
        methods = List.copyOf(methods);
        warnings = List.copyOf(warnings);
        pictures = List.copyOf(pictures);
        MethodDifference.requireAmong(
                methods.stream().map(MethodRobustness::method).toList(), differences);
        List<String> attacks = methods.get(0).attacks();
        for (MethodRobustness method : methods) {
            if (attacks.isEmpty() || !method.attacks().equals(attacks) || !method.isOf(domains)) {
                throw new IllegalArgumentException(method.method() + " has results of other attacks or domains");
            }
        }
        if (pictures.size() > methods.size()) {
            throw new IllegalArgumentException(methods.size() + " methods have " + pictures.size() + " pictures");
        }
        if (epsilonLevels.size() != COLOURS) {
            throw new IllegalArgumentException("ε is given for " + epsilonLevels.size() + " colours, not " + COLOURS);
        }
    }
}
