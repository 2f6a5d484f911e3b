package dev.clap4j.internal.nn;

/**
 * The geometry of a CLIP model: two towers whose features have one dimension.
 *
 * @param vision the image encoder
 * @param text the text encoder
 */
public record ClipArchitecture(VisionTower vision, TextTransformer text) {
    /** The dimension D of the features of both towers. */
    public int embedDim() {
        return text.embedDim();
    }

    /** Every tensor of a checkpoint, in OpenAI's naming. */
    public Shapes shapes() {
        return new Shapes()
                .with("", text.shapes())
                .with("visual.", vision.shapes())
                .with("logit_scale");
    }
}
