package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The features of one method, with labels.
 *
 * @param source where they were read
 * @param images image features {@code [n, D]}
 * @param labels the n labels
 * @param domains the n domain numbers; empty if there is one domain
 * @param texts text features {@code [k, D]} by prompt, one row a class
 * @param classes the k class names; empty if unknown
 * @param domainNames the names of the domains; empty if unknown
 */
record LabelledFeatures(
        FeatureSource source,
        FeatureMatrix images,
        long[] labels,
        long[] domains,
        Map<String, FeatureMatrix> texts,
        List<String> classes,
        List<String> domainNames) {
    /** Returns the number of classes k; 0 if neither names nor texts tell it. */
    int classCount() {
        return count(classes, texts);
    }

    static int count(List<String> classes, Map<String, FeatureMatrix> texts) {
        return classes.isEmpty()
                ? texts.values().stream()
                        .mapToInt(FeatureMatrix::rows)
                        .findFirst()
                        .orElse(0)
                : classes.size();
    }

    /**
     * Checks that other features are of the same images.
     *
     * @throws ClapException naming the first difference
     */
    void requireSameData(LabelledFeatures other) {
        String both = source.file() + " and " + other.source().file();
        if (images.rows() != other.images.rows()) {
            throw new ClapException(both + " are not of the same images: the first has " + images.rows()
                    + ", the second " + other.images.rows());
        }
        if (domains.length != other.domains.length) {
            throw new ClapException(
                    both + " should both have a tensor " + FeatureSource.DOMAINS + ", or neither of them");
        }
        requireEqual(both, "label of image", boxed(labels), boxed(other.labels));
        requireEqual(both, "domain of image", boxed(domains), boxed(other.domains));
        if (!classes.isEmpty() && !other.classes.isEmpty()) {
            requireEqual(both, "name of class", classes, other.classes);
        }
        if (!domainNames.isEmpty() && !other.domainNames.isEmpty()) {
            requireEqual(both, "name of domain", domainNames, other.domainNames);
        }
    }

    private static List<Long> boxed(long[] values) {
        return LongStream.of(values).boxed().toList();
    }

    private static void requireEqual(String both, String what, List<?> own, List<?> others) {
        for (int i = 0; i < Math.min(own.size(), others.size()); i++) {
            if (!own.get(i).equals(others.get(i))) {
                throw new ClapException(both + " differ in the " + what + " " + i + ": " + own.get(i) + " and "
                        + others.get(i) + "; methods are measured on the same images in the same order");
            }
        }
        if (own.size() != others.size()) {
            throw new ClapException(both + " differ in the number of names: " + own.size() + " and " + others.size());
        }
    }
}
