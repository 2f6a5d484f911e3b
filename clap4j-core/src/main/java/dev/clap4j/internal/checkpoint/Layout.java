package dev.clap4j.internal.checkpoint;

/** The layouts of CLIP checkpoints. */
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

    /** Returns the name as shown to users. */
    public String title() {
        return title;
    }
}
