package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The features of one method, with labels.
 *
 * @param source where they were read
 * @param images image features {@code [n, D]}
 * @param labels the n labels
 * @param domains the n domain numbers; empty if there is one domain
 * @param texts text features {@code [k, D]} by prompt, one row a class
 * @param classCount the number of classes k; 0 if neither names nor texts tell it
 * @param classes the k class names; empty if unknown
 * @param domainNames the names of the domains; empty if unknown
 */
record LabelledFeatures(
        FeatureSource source,
        FeatureMatrix images,
        List<Long> labels,
        List<Long> domains,
        Map<String, FeatureMatrix> texts,
        int classCount,
        List<String> classes,
        List<String> domainNames) {
    /** Returns names for things that have none: 0, 1, 2, … */
    static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** Checks that other features are of the same images; the error names the first difference. */
    void requireSameData(LabelledFeatures other) {
        String both = source.file() + " and " + other.source.file();
        if (images.rows() != other.images.rows()) {
            throw new ClapException(both + " are not of the same images: the first has " + images.rows()
                    + ", the second " + other.images.rows());
        }
        if (domains.size() != other.domains.size()) {
            throw new ClapException(
                    both + " should both have a tensor " + FeatureSource.DOMAINS + ", or neither of them");
        }
        requireEqual(both, "label of image", labels, other.labels);
        requireEqual(both, "domain of image", domains, other.domains);
        requireEqual(both, "name of class", classes, other.classes);
        requireEqual(both, "name of domain", domainNames, other.domainNames);
        if (classCount > 0 && other.classCount > 0 && classCount != other.classCount) {
            throw new ClapException(source.file() + " is of " + classCount + " classes, and " + other.source.file()
                    + " of " + other.classCount);
        }
    }

    /** Checks that lists are equal, unless one is empty. */
    private static void requireEqual(String both, String what, List<?> own, List<?> others) {
        for (int i = 0; i < Math.min(own.size(), others.size()); i++) {
            if (!own.get(i).equals(others.get(i))) {
                throw new ClapException(both + " differ in the " + what + " " + i + ": " + own.get(i) + " and "
                        + others.get(i) + "; methods are measured on the same images in the same order");
            }
        }
        if (own.size() != others.size() && !own.isEmpty() && !others.isEmpty()) {
            throw new ClapException(both + " differ in the number of names: " + own.size() + " and " + others.size());
        }
    }

    String fingerprint() {
        MessageDigest digest = Digests.sha256();
        update(digest, images);
        texts.forEach((name, features) -> {
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            update(digest, features);
        });
        return Digests.finish(digest);
    }

    private static void update(MessageDigest digest, FeatureMatrix features) {
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(features.dim(), Float.BYTES));
        for (int i = 0; i < features.rows(); i++) {
            row.asFloatBuffer().put(features.row(i));
            digest.update(row.array());
        }
    }
}
