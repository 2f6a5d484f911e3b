package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.run.RunFolder;
import dev.clap4j.run.RunStart;
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
 * @param folder where they are
 */
record AttackFolder(Path folder) {
    private static final String PICTURES = "grid-";

    static AttackFolder open(Path folder, RunStart start, ObjectNode provenance) {
        AttackFolder files = new AttackFolder(folder);
        List<Path> old = new ArrayList<>(List.of(files.batches(), files.report()));
        old.addAll(files.pictures());
        old.addAll(files.examples().files());
        RunFolder.open(folder, start, provenance, EvaluationProvenance.FIXED, old);
        return files;
    }

    /** {@code batches.jsonl}: a line for every finished batch and attack. */
    Path batches() {
        return folder.resolve("batches.jsonl");
    }

    /** {@code attack.json}, see {@link AttackReport}. */
    Path report() {
        return folder.resolve(Protocol.ATTACK.file());
    }

    /** Where pixels are kept. */
    Examples examples() {
        return new Examples(folder.resolve("examples"));
    }

    /** The picture of a method. */
    Path picture(String method) {
        return folder.resolve(PICTURES + method.replaceAll("[^\\p{L}\\p{N}.=-]+", "-") + ".png");
    }

    private List<Path> pictures() {
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
}
