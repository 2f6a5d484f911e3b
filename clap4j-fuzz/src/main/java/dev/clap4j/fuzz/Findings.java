package dev.clap4j.fuzz;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.internal.io.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of findings. Each {@code <target>/<name>} has the failing input in {@code input}, its minimized form in
 * {@code minimal}, and {@code finding.json}.
 *
 * @param folder created with the first finding
 */
record Findings(Path folder) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final int NAME = 8;

    /** Saves a finding; the same fault always has the same folder. */
    Finding save(String target, long seed, Found found, boolean repeats, Input input, Input minimal) {
        Outcome outcome = found.outcome();
        Path place = folder.resolve(target)
                .resolve(Digests.of(outcome.kind() + outcome.signature()).substring(0, NAME));
        Folders.delete(place);
        Finding finding = new Finding(target, seed, found.execution(), outcome, repeats, place.toString());
        try {
            write(place.resolve("input"), input);
            write(place.resolve("minimal"), minimal);
            JSON.writeValue(place.resolve("finding.json").toFile(), finding);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return finding;
    }

    private static void write(Path place, Input input) throws IOException {
        Files.createDirectories(place);
        input.writeTo(place);
    }

    /** Loads a finding from its folder. */
    static Finding load(Path place) {
        try {
            return JSON.readValue(place.resolve("finding.json").toFile(), Finding.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
