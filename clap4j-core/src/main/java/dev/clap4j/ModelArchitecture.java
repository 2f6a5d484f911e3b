package dev.clap4j;

/** The architecture of a CLIP-like model. */
public interface ModelArchitecture {
    /** Returns the side of images in pixels. */
    int imageSize();

    /** Returns the maximum number of tokens of a text, special ones included. */
    int contextLength();

    /** Returns the dimension D of the features. */
    int embedDim();
}
