package dev.clap4j.internal.checkpoint;

/** The ways in which CLIP checkpoints are laid out. */
public enum Layout {
    /** OpenAI's names, in one file without a configuration. */
    OPENAI("OpenAI"),
    /** A {@code CLIPModel} of Hugging Face's Transformers, with {@code config.json}. */
    HUGGING_FACE("Hugging Face"),
    /** open_clip, with {@code open_clip_config.json}. */
    OPEN_CLIP("open_clip");

    private final String title;

    Layout(String title) {
        this.title = title;
    }

    /** The name its users know it by. */
    public String title() {
        return title;
    }
}
