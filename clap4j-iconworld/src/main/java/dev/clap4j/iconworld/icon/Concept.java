package dev.clap4j.iconworld.icon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An everyday thing that every icon set has a drawing of.
 *
 * @param name its name in captions, and as a class
 * @param icons the names of its drawing, of which a set's first match is used
 */
public record Concept(String name, List<String> icons) {
    /** The number of concepts, the first ones, that are the classes of the evaluation. */
    public static final int EVALUATED = 77;

    /** All concepts, those of the evaluation first; each occurs in all icon sets. */
    public static final List<Concept> ALL = read();

    /** Makes the list unmodifiable. */
    public Concept {
        icons = List.copyOf(icons);
    }

    private static List<Concept> read() {
        try (InputStream file = Concept.class.getResourceAsStream("/dev/clap4j/iconworld/concepts.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .map(line -> new Concept(line[0], List.of(line[1].split(" "))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
