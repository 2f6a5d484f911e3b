package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.internal.run.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The order in which a seed draws images for labelling: the first n of each class are the support set of n shots.
 *
 * @param seed the seed of the order
 * @param places by domain and class, indices of images within the domain, in drawing order
 */
public record FewShotDraw(long seed, List<List<int[]>> places) {
    /** Makes the lists unmodifiable. */
    public FewShotDraw {
        places = places.stream().map(List::copyOf).toList();
    }

    /**
     * Draws images. The draw in one domain is independent of the other domains, and its order of the number drawn.
     *
     * @param shots images per class and domain, at least 1; a smaller class contributes all its images
     */
    public static FewShotDraw of(Dataset dataset, int shots, long seed) {
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
                ofDomain.add(draw(all, shots, streams.get("few-shot support " + domain.name(), label)));
            }
            places.add(ofDomain);
        }
        return new FewShotDraw(seed, places);
    }

    private static int[] draw(int[] places, int shots, RandomGenerator random) {
        int count = Math.min(shots, places.length);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, places.length);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
        }
        return IntStream.of(places).limit(count).toArray();
    }

    /** Returns the support set of the first images of each class in each domain. */
    public FewShotSupport support(int shots) {
        return new FewShotSupport(
                shots,
                seed,
                places.stream()
                        .map(domain -> domain.stream()
                                .flatMapToInt(all -> IntStream.of(all).limit(shots))
                                .sorted()
                                .toArray())
                        .toList());
    }
}
