package dev.clap4j;

import java.nio.file.Path;

/**
 * A file that must be refused.
 *
 * @param name what is wrong with it, in a few words
 * @param path the file
 * @param message the whole message that its reader gives
 */
public record BadFile(String name, Path path, String message) {
    @Override
    public String toString() {
        return name;
    }
}
