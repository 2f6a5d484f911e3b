package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.FewShotDraw;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a few-shot run.
 *
 * @param run the run directory
 * @param draws the draw of labelled images for each seed of the plan
 */
public record FewShotFolder(RunFolder run, List<FewShotDraw> draws) implements AutoCloseable {
    /** Makes the list unmodifiable. */
    public FewShotFolder {
        draws = List.copyOf(draws);
    }

    /**
     * Prepares the folder for a run, and draws the labelled images unless it already has them.
     *
     * @param provenance see {@link FewShotProvenance}
     * @throws ClapException if the folder holds another run, none to resume, one in progress, or
     *     labelled images of another data set
     */
    public static FewShotFolder open(
            Path folder, RunStart start, ObjectNode provenance, FewShotPlan plan, Dataset dataset) {
        FewShotSamples samples = new FewShotSamples(support(folder), dataset);
        if (start == RunStart.NEW && Files.exists(support(folder)) && Files.notExists(RunFolder.provenance(folder))) {
            // Checks the labelled images before anything is written.
            samples.open(plan);
        }
        RunFolder run = RunFolder.open(
                folder, start, provenance, EvaluationProvenance.FIXED, old -> FewShotFolder.old(old, start));
        try {
            return new FewShotFolder(run, samples.open(plan));
        } catch (ClapException e) {
            run.close();
            throw e;
        }
    }

    private static List<Path> old(Path folder, RunStart start) {
        List<Path> old = new ArrayList<>(List.of(cells(folder), result(folder)));
        if (start == RunStart.OVERWRITE) {
            old.add(support(folder));
        }
        return old;
    }

    @Override
    public void close() {
        run.close();
    }

    /** {@code support.json}: the labelled images; a new run uses an existing file. */
    public Path support() {
        return support(run.folder());
    }

    private static Path support(Path folder) {
        return folder.resolve("support.json");
    }

    /** {@code cells.jsonl}: one line per probe. */
    Path cells() {
        return cells(run.folder());
    }

    private static Path cells(Path folder) {
        return folder.resolve("cells.jsonl");
    }

    /** {@code fewshot.json}: {@link FewShotCurves}. */
    public Path result() {
        return result(run.folder());
    }

    private static Path result(Path folder) {
        return folder.resolve(Protocol.FEW_SHOT.file());
    }
}
