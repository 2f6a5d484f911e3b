package dev.clap4j.evaluation.fewshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.FewShotDraw;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.run.RunFolder;
import dev.clap4j.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a few-shot run.
 *
 * @param run what it shares with runs of other kinds
 * @param draws which images are labelled, for each seed of the plan
 */
public record FewShotFolder(RunFolder run, List<FewShotDraw> draws) {
    /** Makes the list unmodifiable. */
    public FewShotFolder {
        draws = List.copyOf(draws);
    }

    /**
     * Makes the folder ready for a run, and draws the labelled images unless they lie there.
     *
     * @param provenance see {@link FewShotProvenance}
     * @throws ClapException if the folder holds another run, or none where one is to be resumed, or labelled images of
     *     something else
     */
    public static FewShotFolder open(
            Path folder, RunStart start, ObjectNode provenance, FewShotPlan plan, Dataset dataset) {
        FewShotFolder files = new FewShotFolder(new RunFolder(folder), List.of());
        FewShotSamples samples = new FewShotSamples(files.support(), dataset);
        boolean brought = start == RunStart.NEW && Files.exists(files.support());
        if (brought && Files.notExists(files.run.provenance())) {
            // They may not fit, which is better known before anything is written.
            samples.open(plan);
        }
        List<Path> old = start == RunStart.OVERWRITE
                ? List.of(files.support(), files.cells(), files.result())
                : List.of(files.cells(), files.result());
        RunFolder.open(folder, start, provenance, EvaluationProvenance.FIXED, old);
        return new FewShotFolder(files.run, samples.open(plan));
    }

    /** {@code support.json}: which images are labelled; a file that is there before a new run is used by it. */
    public Path support() {
        return run.folder().resolve("support.json");
    }

    /** {@code cells.jsonl}: a line for every probe. */
    Path cells() {
        return run.folder().resolve("cells.jsonl");
    }

    /** {@code fewshot.json}: {@link FewShotCurves}. */
    public Path result() {
        return run.folder().resolve(Protocol.FEW_SHOT.file());
    }
}
