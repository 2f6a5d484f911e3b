package dev.clap4j.prompt.llm;

import dev.clap4j.ClapException;

/** A server's API key. It is sent but never shown: not in errors, records, or a debugger. */
final class ApiKey {
    /** The number of consecutive characters that reveal too much of a key. */
    private static final int TELLING = 8;

    /** Shorter keys, such as those for servers that accept any, may occur in a text by chance. */
    private static final int SECRET = 16;

    private static final String SHOWN = "[key]";

    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /**
     * Creates a key, removing white space around it.
     *
     * @throws ClapException if it is empty, or has a character that could end or break a header; the message does not
     *     show the key
     */
    static ApiKey of(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new ClapException("The key for the language model is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new ClapException(String.format(
                                "The key for the language model has U+%04X as character %d of %d",
                                (int) c, i + 1, value.length())
                        + ", but keys are of visible ASCII characters; copy it again, on one line");
            }
        }
        return new ApiKey(value);
    }

    /** Returns the value of the {@code Authorization} header. */
    String authorization() {
        return "Bearer " + value;
    }

    /** Returns whether a text contains the key, other than by chance. */
    boolean isIn(String text) {
        return value.length() >= SECRET && text.contains(value);
    }

    /** Replaces the key, and every revealing part of it, by {@code [key]}. */
    String mask(String text) {
        int telling = Math.min(TELLING, value.length());
        StringBuilder masked = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int length = partAt(text, i, telling);
            masked.append(length > 0 ? SHOWN : text.substring(i, i + 1));
            i += Math.max(1, length);
        }
        return masked.toString();
    }

    /**
     * Returns the length of the longest part of the key at a position of a text; 0 if it is too short to reveal
     * anything.
     */
    private int partAt(String text, int place, int telling) {
        int length = 0;
        for (int start = 0; start + telling <= value.length(); start++) {
            int same = 0;
            while (start + same < value.length()
                    && place + same < text.length()
                    && value.charAt(start + same) == text.charAt(place + same)) {
                same++;
            }
            length = Math.max(length, same);
        }
        return length < telling ? 0 : length;
    }

    @Override
    public String toString() {
        return SHOWN;
    }
}
