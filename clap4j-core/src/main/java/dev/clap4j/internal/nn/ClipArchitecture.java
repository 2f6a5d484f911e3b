package dev.clap4j.internal.nn;

/** The architecture of a CLIP model: two towers with a common feature dimension. */
public record ClipArchitecture(VisionTower vision, TextTransformer text) {
    /** Returns the dimension D of the features of both towers. */
    public int embedDim() {
        return text.embedDim();
    }

    /** Returns name and shape of every tensor of a checkpoint, in OpenAI's naming. */
    public Shapes shapes() {
        return new Shapes()
                .with("", text.shapes())
                .with("visual.", vision.shapes())
                .with("logit_scale");
    }
}
