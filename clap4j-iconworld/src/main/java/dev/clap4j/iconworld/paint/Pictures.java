package dev.clap4j.iconworld.paint;

import java.awt.image.BufferedImage;

/** Converts planar bytes to images of the Java platform. */
public final class Pictures {
    private Pictures() {}

    /**
     * Creates an image.
     *
     * @param planar {@code [3, side, side]}
     */
    public static BufferedImage image(byte[] planar, int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        put(planar, side, image, 0, 0);
        return image;
    }

    /** Draws a picture into a larger image. */
    public static void put(byte[] planar, int side, BufferedImage target, int left, int top) {
        int plane = side * side;
        for (int i = 0; i < plane; i++) {
            int rgb = ((planar[i] & 0xFF) << 16) | ((planar[plane + i] & 0xFF) << 8) | (planar[2 * plane + i] & 0xFF);
            target.setRGB(left + i % side, top + i / side, rgb);
        }
    }
}
