package dev.clap4j.internal.diffusion.pipeline;

/**
 * The sizes with which Stable Diffusion XL is conditioned (Podell et al. 2023,
 * <a href="https://arxiv.org/abs/2307.01952">arXiv:2307.01952</a>, section 2.2), in pixels.
 *
 * @param originalHeight height of the training picture that is imitated, before it was resized
 * @param originalWidth its width
 * @param top the part that is cropped at its top
 * @param left the part that is cropped at its left
 * @param targetHeight height of the picture that is wanted
 * @param targetWidth its width
 */
public record PictureSizes(
        int originalHeight, int originalWidth, int top, int left, int targetHeight, int targetWidth) {
    /** Returns the sizes of a training picture that was neither resized nor cropped. */
    public static PictureSizes whole(int height, int width) {
        return new PictureSizes(height, width, 0, 0, height, width);
    }

    float[] values() {
        return new float[] {originalHeight, originalWidth, top, left, targetHeight, targetWidth};
    }
}
