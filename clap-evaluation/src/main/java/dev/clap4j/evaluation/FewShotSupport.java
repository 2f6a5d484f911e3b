package dev.clap4j.evaluation;

import dev.clap4j.run.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The labelled images that few-shot learning may see: so many of each class in each domain.
 *
 * @param shots how many; a class that has fewer images gives all it has
 * @param seed where the choice comes from
 * @param rows for each domain the places of the images in it, ascending
 */
public record FewShotSupport(int shots, long seed, List<int[]> rows) {
    /** Makes the list unmodifiable. */
    public FewShotSupport {
        rows = List.copyOf(rows);
    }

    /**
     * Draws the images. What is drawn in a domain does not depend on the other domains, and more shots of the same seed
     * hold those of fewer.
     *
     * @param shots at least 1
     */
    public static FewShotSupport draw(Dataset dataset, int shots, long seed) {
        if (shots < 1) {
            throw new IllegalArgumentException("There are " + shots + " shots where 1 or more are expected");
        }
        Streams streams = new Streams(seed);
        List<int[]> rows = new ArrayList<>();
        for (Domain domain : dataset.domains()) {
            int[] labels = domain.labels();
            IntStream.Builder chosen = IntStream.builder();
            for (int label = 0; label < dataset.classes().size(); label++) {
                int wanted = label;
                int[] places = IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == wanted)
                        .toArray();
                draw(places, shots, streams.get("few-shot support " + domain.name(), label), chosen);
            }
            rows.add(chosen.build().sorted().toArray());
        }
        return new FewShotSupport(shots, seed, rows);
    }

    private static void draw(int[] places, int shots, RandomGenerator random, IntStream.Builder chosen) {
        for (int i = 0; i < Math.min(shots, places.length); i++) {
            int other = random.nextInt(i, places.length);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
            chosen.add(place);
        }
    }

    /** Whether each image of a domain is one of them, {@code [n]}. */
    boolean[] mask(int domain, int images) {
        boolean[] mask = new boolean[images];
        for (int row : rows.get(domain)) {
            mask[row] = true;
        }
        return mask;
    }
}
