package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a run of attacks.
 *
 * @param run the run directory
 */
record AttackFolder(RunFolder run) implements AutoCloseable {
    private static final String PICTURES = "grid-";

    static AttackFolder open(Path folder, RunStart start, ObjectNode provenance) {
        return new AttackFolder(
                RunFolder.open(folder, start, provenance, EvaluationProvenance.FIXED, AttackFolder::old));
    }

    private static List<Path> old(Path folder) {
        List<Path> old = new ArrayList<>(List.of(batches(folder), report(folder)));
        old.addAll(pictures(folder));
        old.addAll(examples(folder).files());
        return old;
    }

    /** {@code batches.jsonl}: one line per finished batch and attack. */
    Path batches() {
        return batches(run.folder());
    }

    private static Path batches(Path folder) {
        return folder.resolve("batches.jsonl");
    }

    /** {@code attack.json}, see {@link AttackReport}. */
    Path report() {
        return report(run.folder());
    }

    private static Path report(Path folder) {
        return folder.resolve(Protocol.ATTACK.file());
    }

    /** Returns the store of example pixels. */
    Examples examples() {
        return examples(run.folder());
    }

    private static Examples examples(Path folder) {
        return new Examples(folder.resolve("examples"));
    }

    /** Returns the picture files of the methods. */
    List<Path> pictures(List<String> methods) {
        List<String> names = new ArrayList<>();
        methods.forEach(method -> names.add(FileNames.withUnderscores(method, names)));
        return names.stream()
                .map(name -> run.folder().resolve(PICTURES + name + ".png"))
                .toList();
    }

    private static List<Path> pictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PICTURES))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ClapException("Cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        run.close();
    }
}
