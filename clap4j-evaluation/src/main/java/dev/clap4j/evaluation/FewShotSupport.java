package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import java.util.List;

/**
 * The support set of few-shot learning: labelled images of each class in each domain.
 *
 * @param shots images per class; a smaller class contributes all its images
 * @param seed the seed of the draw
 * @param rows by domain, ascending indices of the labelled images
 */
public record FewShotSupport(int shots, long seed, List<int[]> rows) {
    /** Makes the list unmodifiable. */
    public FewShotSupport {
        rows = List.copyOf(rows);
    }

    /**
     * Draws the images. The draw in one domain is independent of the other domains, and more shots of the same seed
     * include those of fewer.
     *
     * @param shots at least 1
     */
    public static FewShotSupport draw(Dataset dataset, int shots, long seed) {
        return FewShotDraw.of(dataset, shots, seed).support(shots);
    }

    /** Returns whether each image of a domain is labelled, {@code [n]}. */
    boolean[] mask(int domain, int images) {
        boolean[] mask = new boolean[images];
        for (int row : rows.get(domain)) {
            mask[row] = true;
        }
        return mask;
    }
}
