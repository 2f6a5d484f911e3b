package dev.clap4j.pretraining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.checkpoint.OpenClipFolder;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files of a run that trains both towers.
 *
 * @param run what it shares with runs of other kinds
 */
record PretrainFolder(RunFolder run) implements AutoCloseable {
    private static final String FORMAT = "clap4j.pretraining-state";
    private static final String STEPS = "steps";

    static PretrainFolder open(Path folder, RunStart start, ObjectNode provenance) {
        return new PretrainFolder(
                RunFolder.open(folder, start, provenance, List.of("options", "data", "tokenizer"), old -> model(old)
                        .files()));
    }

    /** The checkpoint that other commands can use. */
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

    /** Writes the model, then what the next steps depend on; in this order, since the latter decides what is done. */
    void save(ClipArchitecture architecture, ClipFit fit, Map<String, String> description) {
        model().write(architecture, DataType.F16, fit.model(), description);
        StateFile.write(run.state(), FORMAT, Map.of(STEPS, fit.steps()), fit.state());
    }

    /**
     * Puts a fit back to where it was saved, if it was.
     *
     * @param steps how many the run makes at most
     * @throws dev.clap4j.ClapException if the state is damaged, or of another geometry or schedule
     */
    void restore(ClipArchitecture architecture, ClipFit fit, int steps) {
        if (Files.exists(run.state())) {
            StateFile saved =
                    StateFile.open(run.state(), FORMAT, architecture.shapes().asMap());
            fit.restore(saved, saved.count(STEPS, 1, steps));
        }
    }
}
