package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import java.util.List;

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
        return FewShotDraw.of(dataset, shots, seed).support(shots);
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
