package dev.clap4j.dataset;

import dev.clap4j.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A data set with encoded images.
 *
 * @param dataset the data set
 * @param images the features of each domain's images {@code [n, D]}, not normalised, in order
 */
public record EncodedDataset(Dataset dataset, List<FeatureMatrix> images) {
    /**
     * Checks that there is one feature per image.
     *
     * @throws IllegalArgumentException if there is not
     */
    public EncodedDataset {
        images = List.copyOf(images);
        for (int d = 0; d < dataset.domains().size(); d++) {
            if (images.get(d).rows() != dataset.domains().get(d).images().size()) {
                throw new IllegalArgumentException(
                        "The features of " + dataset.domains().get(d).name() + " are not as many as its images");
            }
        }
    }

    /**
     * Creates a data set from the features of all its images.
     *
     * @param images features of {@link Dataset#files}, {@code [n, D]}, in order, not normalised
     */
    public static EncodedDataset of(Dataset dataset, FeatureMatrix images) {
        List<FeatureMatrix> parts = new ArrayList<>();
        int start = 0;
        for (Domain domain : dataset.domains()) {
            int end = start + domain.images().size();
            parts.add(images.select(IntStream.range(start, end).toArray()));
            start = end;
        }
        return new EncodedDataset(dataset, parts);
    }

    /**
     * Returns at most {@code most} images, evenly spaced, so that domains and classes roughly keep their proportions.
     */
    public EncodedDataset thin(int most) {
        int size = dataset.size();
        if (size <= most) {
            return this;
        }
        List<Domain> domains = new ArrayList<>();
        List<FeatureMatrix> features = new ArrayList<>();
        for (int d = 0; d < images.size(); d++) {
            Domain domain = dataset.domains().get(d);
            int n = domain.images().size();
            int kept = Math.max(1, (int) ((long) n * most / size));
            int[] places = IntStream.range(0, kept)
                    .map(i -> (int) ((long) i * n / kept))
                    .toArray();
            domains.add(new Domain(
                    domain.name(),
                    IntStream.of(places).mapToObj(domain.images()::get).toList()));
            features.add(images.get(d).select(places));
        }
        return new EncodedDataset(
                new Dataset(dataset.root(), dataset.classes(), domains, dataset.unreadable()), features);
    }

    /** Applies a method to the images' features, domain by domain. */
    public List<FeatureMatrix> mapped(UnaryOperator<FeatureMatrix> method) {
        return images.stream().map(method).toList();
    }
}
