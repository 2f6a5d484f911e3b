package dev.clap4j.internal.attack;

/** A search for adversarial images that the images of a batch go through side by side. */
@FunctionalInterface
interface Round {
    /**
     * Searches for adversarial images.
     *
     * @param task the images, all classified correctly
     * @param others for each image the other classes, by the score of the original image, best first
     */
    Found search(AttackTask task, int[][] others);

    /**
     * The result of a search.
     *
     * @param images the adversarial images {@code [b, 3, size, size]}; where none was found, the best attempt
     * @param wrong for each image whether an adversarial one was found
     * @param zeroGradients see {@link AttackTrace#zeroGradients}
     */
    record Found(float[] images, boolean[] wrong, boolean[] zeroGradients) {}
}
