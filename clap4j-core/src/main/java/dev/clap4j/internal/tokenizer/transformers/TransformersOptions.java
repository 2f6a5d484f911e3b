package dev.clap4j.internal.tokenizer.transformers;

/**
 * Settings beside those in a tokenizer's files.
 *
 * @param className the class of the tokenizer; if empty, the files say it
 * @param languageLast whether the code of a text's language comes last even if the files do not say so
 */
public record TransformersOptions(String className, boolean languageLast) {
    /** The name of a class that is not Transformers' own: the code of Chinese-CLIP's authors. */
    public static final String CN_CLIP = "cn_clip";

    /** No options: everything is as in the files. */
    public static final TransformersOptions NONE = new TransformersOptions("", false);
}
