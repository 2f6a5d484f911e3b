package dev.clap4j.internal.hub;

import dev.clap4j.internal.io.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Everything in a folder: a line for each file and link, with its size and SHA-256 or its target. */
final class CacheListing {
    private CacheListing() {}

    static List<String> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isSymbolicLink(file) || !Files.isDirectory(file))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/') + " " + content(file))
                    .sorted()
                    .toList();
        }
    }

    private static String content(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return "-> " + Files.readSymbolicLink(file).toString().replace('\\', '/');
            }
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length + " "
                    + HexFormat.of().formatHex(Digests.sha256().digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
