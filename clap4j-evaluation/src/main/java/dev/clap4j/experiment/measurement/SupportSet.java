package dev.clap4j.experiment.measurement;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Images drawn for labelling in each domain: the first n of each class are the support set of n shots, so more shots
 * include those of fewer.
 *
 * @param seed the seed of the draw
 * @param places by domain and class, indices of images within the domain, in drawing order
 */
public record SupportSet(long seed, List<List<int[]>> places) {
    /** Makes the lists unmodifiable. */
    public SupportSet {
        places = places.stream().map(List::copyOf).toList();
    }

    /**
     * Draws images. The draw in one domain is independent of the other domains, and its order of the number drawn.
     *
     * @param shots images per class and domain, at least 1; a smaller class contributes all its images
     */
    public static SupportSet draw(Dataset dataset, int shots, long seed) {
        if (shots < 1) {
            throw new IllegalArgumentException("There are " + shots + " shots where 1 or more are expected");
        }
        Streams streams = new Streams(seed);
        List<List<int[]>> places = new ArrayList<>();
        for (Domain domain : dataset.domains()) {
            int[] labels = domain.labels();
            List<int[]> ofDomain = new ArrayList<>();
            for (int label = 0; label < dataset.classes().size(); label++) {
                int wanted = label;
                int[] all = IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == wanted)
                        .toArray();
                RandomGenerator random = streams.get("few-shot support " + domain.name(), label);
                ofDomain.add(IntStream.of(Streams.sample(all.length, shots, random))
                        .map(i -> all[i])
                        .toArray());
            }
            places.add(ofDomain);
        }
        return new SupportSet(seed, places);
    }

    static List<SupportSet> draw(Dataset dataset, int shots, List<Long> seeds) {
        return seeds.stream().map(seed -> draw(dataset, shots, seed)).toList();
    }

    /** Returns the ascending indices of a domain's labelled images: the first ones of each class. */
    public int[] rows(int domain, int shots) {
        return places.get(domain).stream()
                .flatMapToInt(all -> IntStream.of(all).limit(shots))
                .sorted()
                .toArray();
    }

    /** Returns the ascending indices of a domain's other images. */
    public int[] unlabelled(Dataset dataset, int domain, int shots) {
        boolean[] labelled = new boolean[dataset.domains().get(domain).images().size()];
        IntStream.of(rows(domain, shots)).forEach(row -> labelled[row] = true);
        return IntStream.range(0, labelled.length).filter(i -> !labelled[i]).toArray();
    }

    /**
     * Trains the linear probe of a domain; with the same seed, the probes of all methods start from the same weights.
     *
     * @param images a method's features of the domain's images
     */
    public LinearProbe train(Dataset dataset, int domain, FeatureMatrix images, int shots, ProbeRecipe recipe) {
        int[] rows = rows(domain, shots);
        int[] all = dataset.domains().get(domain).labels();
        int[] labels = IntStream.of(rows).map(i -> all[i]).toArray();
        return recipe.train(images.select(rows), labels, dataset.classes().size(), seed);
    }
}
