package dev.clap4j.pretraining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.checkpoint.OpenClipFolder;
import dev.clap4j.io.DataType;
import dev.clap4j.io.SafetensorsFile;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.run.RunFolder;
import dev.clap4j.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The files of a run that trains both towers.
 *
 * @param run what it shares with runs of other kinds
 */
record PretrainFolder(RunFolder run) {
    private static final String FORMAT = "clap4j.pretraining-state";

    static PretrainFolder open(Path folder, RunStart start, ObjectNode provenance) {
        PretrainFolder files = new PretrainFolder(new RunFolder(folder));
        RunFolder.open(
                folder,
                start,
                provenance,
                List.of("options", "data", "tokenizer"),
                files.model().files());
        return files;
    }

    /** The checkpoint that other commands can use. */
    OpenClipFolder model() {
        return new OpenClipFolder(run.folder().resolve("model"));
    }

    /** Writes the model, then what the next steps depend on; in this order, since the latter decides what is done. */
    void save(ClipArchitecture architecture, ClipFit fit, Map<String, String> description) {
        model().write(architecture, DataType.F16, fit.model(), description);
        SafetensorsFile.write(run.state(), Map.of("format", FORMAT, "steps", String.valueOf(fit.steps())), fit.state());
    }

    /** Puts a fit back to where it was saved, if it was. */
    void restore(ClipArchitecture architecture, ClipFit fit) {
        if (!Files.exists(run.state())) {
            return;
        }
        SafetensorsFile saved = SafetensorsFile.open(run.state());
        String steps = saved.metadata().getOrDefault("steps", "");
        if (!saved.metadata().getOrDefault("format", "").equals(FORMAT) || !steps.matches("\\d{1,9}")) {
            throw new ClapException(run.state() + " is no training state that can be resumed: its metadata is "
                    + saved.metadata() + "; start anew with --overwrite");
        }
        architecture.shapes().asMap().forEach((name, shape) -> {
            if (!Arrays.equals(saved.info(name).shape(), shape)) {
                throw new ClapException(run.state() + " is of another geometry: " + saved.info(name) + " should be "
                        + Arrays.toString(shape) + "; start anew with --overwrite");
            }
        });
        fit.restore(saved, Integer.parseInt(steps));
    }
}
