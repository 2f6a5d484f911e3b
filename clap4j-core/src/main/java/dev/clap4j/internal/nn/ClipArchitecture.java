package dev.clap4j.internal.nn;

import dev.clap4j.ModelArchitecture;

/**
 * The architecture of a CLIP-like model: two towers with a common feature dimension.
 *
 * @param vision the image tower
 * @param text the text tower
 * @param logitBias whether scores have a bias, so that each pair of image and text has a probability of its own (SigLIP)
 */
public record ClipArchitecture(VisionTower vision, TextTower text, boolean logitBias) implements ModelArchitecture {
    /** Creates an architecture whose scores have no bias. */
    public ClipArchitecture(VisionTower vision, TextTower text) {
        this(vision, text, false);
    }

    @Override
    public int imageSize() {
        return vision.imageSize();
    }

    @Override
    public int contextLength() {
        return text.contextLength();
    }

    @Override
    public int embedDim() {
        return text.embedDim();
    }

    /** Returns whether both towers are networks of the CLIP paper. */
    public boolean isClips() {
        return vision.isClips() && text.isClips() && !logitBias;
    }

    /** Returns name and shape of every tensor of a checkpoint, in OpenAI's naming where OpenAI has such tensors. */
    public Shapes shapes() {
        Shapes shapes = new Shapes()
                .with("", text.shapes())
                .with("visual.", vision.shapes())
                .with("logit_scale");
        return logitBias ? shapes.with("logit_bias") : shapes;
    }
}
