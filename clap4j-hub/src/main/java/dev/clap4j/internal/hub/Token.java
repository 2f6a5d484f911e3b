package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A user's access token for the hub. It is sent to the hub alone and never shown: not in errors or a debugger. */
final class Token {
    private static final long MOST_BYTES = 1 << 16;

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    /**
     * Creates a token from a variable, removing line breaks and white space around it.
     *
     * @return empty if nothing is left
     * @throws ClapException if it has a character that could end a header; the message does not show the token
     */
    static Optional<Token> of(String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ClapException("The access token for the hub should be letters and digits such as hf_…, but has a"
                    + " character that no token has; copy it again");
        }
        return Optional.of(new Token(value));
    }

    /** Reads a token from the file that {@code hf auth login} writes; empty if there is none. */
    static Optional<Token> read(Path file) {
        return Files.isRegularFile(file) ? of(InputFiles.readText(file, MOST_BYTES)) : Optional.empty();
    }

    /** Returns the value of the header {@code Authorization}. */
    String authorization() {
        return "Bearer " + value;
    }

    @Override
    public String toString() {
        return "[token]";
    }
}
