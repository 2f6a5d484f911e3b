package dev.clap4j.fuzz;

import dev.clap4j.fuzz.mutation.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The valid inputs of all targets, stored in a folder. They are created only once, so that every process mutates the
 * same ones even if they contain the current time.
 */
final class Corpus {
    private final Path folder;
    private final Map<String, List<Input>> loaded = new HashMap<>();

    Corpus(Path folder) {
        this.folder = folder;
    }

    /** Returns the valid inputs of a target. */
    List<Input> seeds(Target target) {
        return loaded.computeIfAbsent(target.name(), name -> {
            Path place = folder.resolve(name);
            if (Files.notExists(place)) {
                write(target.seeds().get(), place);
            }
            return read(place);
        });
    }

    private static void write(List<Input> seeds, Path place) {
        Path draft = place.resolveSibling(place.getFileName() + ".tmp");
        Folders.delete(draft);
        try {
            for (int i = 0; i < seeds.size(); i++) {
                Path seed = draft.resolve(Integer.toString(i));
                Files.createDirectories(seed);
                seeds.get(i).writeTo(seed);
            }
            Files.move(draft, place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Input> read(Path place) {
        List<Input> seeds = new ArrayList<>();
        for (int i = 0; Files.exists(place.resolve(Integer.toString(i))); i++) {
            seeds.add(Input.readFrom(place.resolve(Integer.toString(i))));
        }
        return seeds;
    }
}
