package dev.clap4j.pretraining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.RunStart;
import dev.clap4j.internal.checkpoint.OpenClipFolder;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files of a pre-training run.
 *
 * @param run the files common to all kinds of runs
 */
record PretrainFolder(RunFolder run) implements AutoCloseable {
    private static final String FORMAT = "clap4j.pretraining-state";
    private static final String STEPS = "steps";

    static PretrainFolder open(Path folder, RunStart start, ObjectNode provenance) {
        return new PretrainFolder(
                RunFolder.open(folder, start, provenance, List.of("options", "data", "tokenizer"), old -> model(old)
                        .files()));
    }

    /** Returns the model's folder, which other commands can read. */
    OpenClipFolder model() {
        return model(run.folder());
    }

    private static OpenClipFolder model(Path folder) {
        return new OpenClipFolder(folder.resolve("model"));
    }

    @Override
    public void close() {
        run.close();
    }

    /** Writes the model, then the training state. The state comes last because it determines where a run resumes. */
    void save(ClipArchitecture architecture, ClipFit fit, Map<String, String> description) {
        model().write(architecture, DataType.F16, fit.model(), description);
        StateFile.write(run.state(), FORMAT, Map.of(STEPS, fit.steps()), fit.state());
    }

    /**
     * Restores a fit from its saved state, if there is one.
     *
     * @param steps the total number of steps of the run
     * @throws dev.clap4j.ClapException if the state is damaged, or belongs to another architecture or schedule
     */
    void restore(ClipArchitecture architecture, ClipFit fit, int steps) {
        if (Files.exists(run.state())) {
            StateFile saved =
                    StateFile.open(run.state(), FORMAT, architecture.shapes().asMap());
            fit.restore(saved, saved.count(STEPS, 1, steps));
        }
    }
}
