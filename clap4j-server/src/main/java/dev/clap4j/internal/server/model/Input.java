package dev.clap4j.internal.server.model;

/** A text or a picture to encode. */
public sealed interface Input {
    /** Returns the field that it stands in, for messages. */
    String param();

    /**
     * A text.
     *
     * @param tokens the number of its tokens, with those at its start and end
     */
    record Text(String param, String text, int tokens) implements Input {}

    /**
     * A picture.
     *
     * @param file the content of an image file, not decoded yet
     */
    record Picture(String param, byte[] file) implements Input {}
}
