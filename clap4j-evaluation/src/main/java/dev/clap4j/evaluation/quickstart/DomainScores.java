package dev.clap4j.evaluation.quickstart;

import java.util.List;

/**
 * The results of one domain.
 *
 * @param domain its name
 * @param seen whether the model was trained on it
 * @param images the number of images
 * @param figures accuracies
 */
public record DomainScores(String domain, boolean seen, int images, List<Score> figures) {
    /** Makes the list unmodifiable. */
    public DomainScores {
        figures = List.copyOf(figures);
    }

    /**
     * Accuracies under one protocol, in percent.
     *
     * @param name C, PC, CP, NC, mixed templates or n-shot
     * @param clip that of CLIP
     * @param clap that of CLAP, averaged over the heads
     */
    public record Score(String name, double clip, double clap) {}
}
