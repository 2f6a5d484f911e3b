package dev.clap4j.internal.http;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A server's API key, or a user and password. It is sent but never shown: not in errors, records, or a debugger. */
public final class ApiKey {
    /** The number of consecutive characters that reveal too much of a key. */
    private static final int TELLING = 8;

    /** Shorter keys, such as those for servers that accept any, may occur in a text by chance. */
    private static final int SECRET = 16;

    private static final String SHOWN = "[key]";

    private final String value;
    private final String sent;
    private final String scheme;

    private ApiKey(String value, String sent, String scheme) {
        this.value = value;
        this.sent = sent;
        this.scheme = scheme;
    }

    /**
     * Creates a key that is sent as a bearer token, removing white space around it.
     *
     * @param owner the server, for messages: {@code language model}
     * @throws ClapException if it is empty, or has a character that could end or break a header; the message does not
     *     show the key
     */
    public static ApiKey bearer(String text, String owner) {
        String value = visible(text, owner);
        return new ApiKey(value, value, "Bearer");
    }

    /**
     * Creates a user and password that are sent in HTTP's basic scheme, removing white space around them.
     *
     * @param text {@code user:password}
     * @param owner the server, for messages
     * @throws ClapException as for {@link #bearer}, or if there is no colon
     */
    public static ApiKey basic(String text, String owner) {
        String value = visible(text, owner);
        if (value.indexOf(':') < 0) {
            throw new ClapException(
                    "The key for the " + owner + " should be a user and a password, as in user:password");
        }
        String sent = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.US_ASCII));
        return new ApiKey(value, sent, "Basic");
    }

    private static String visible(String text, String owner) {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new ClapException("The key for the " + owner + " is empty");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new ClapException(String.format(
                                "The key for the %s has U+%04X as character %d of %d",
                                owner, (int) c, i + 1, value.length())
                        + ", but keys are of visible ASCII characters; copy it again, on one line");
            }
        }
        return value;
    }

    /** Returns the value of the {@code Authorization} header. */
    String authorization() {
        return scheme + " " + sent;
    }

    /** Returns whether a text contains the key, other than by chance. */
    public boolean isIn(String text) {
        return value.length() >= SECRET && (text.contains(value) || text.contains(sent));
    }

    /** Replaces the key, and every revealing part of it, by {@code [key]}. */
    String mask(String text) {
        String masked = mask(text, value);
        return sent.equals(value) ? masked : mask(masked, sent);
    }

    private static String mask(String text, String secret) {
        StringBuilder masked = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int length = partAt(text, i, secret);
            masked.append(length > 0 ? SHOWN : text.substring(i, i + 1));
            i += Math.max(1, length);
        }
        return masked.toString();
    }

    /**
     * Returns the length of the longest part of a secret at a position of a text; 0 if it is too short to reveal
     * anything.
     */
    private static int partAt(String text, int place, String secret) {
        int telling = Math.min(TELLING, secret.length());
        int length = 0;
        for (int start = 0; start + telling <= secret.length(); start++) {
            int same = 0;
            while (start + same < secret.length()
                    && place + same < text.length()
                    && secret.charAt(start + same) == text.charAt(place + same)) {
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
