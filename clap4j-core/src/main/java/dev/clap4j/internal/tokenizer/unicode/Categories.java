package dev.clap4j.internal.tokenizer.unicode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Reads sets of characters from a resource: a line has the name of a set, and the first and last character in hex. */
final class Categories {
    private Categories() {}

    /** Returns the sets by name. */
    static Map<String, BitSet> read(String resource) {
        Map<String, BitSet> sets = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Categories.class.getResourceAsStream(resource), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split(" ", -1);
                    sets.computeIfAbsent(fields[0], name -> new BitSet())
                            .set(Integer.parseInt(fields[1], 16), Integer.parseInt(fields[2], 16) + 1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sets;
    }
}
