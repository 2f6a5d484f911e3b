package dev.clap4j.internal.diffusion.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import java.nio.file.Path;

/**
 * The configuration of a pipeline's scheduler.
 *
 * @param path the file
 * @param config its content
 */
record SchedulerFile(Path path, ObjectNode config) {
    private static final long MOST_BYTES = 1 << 20;

    /**
     * Reads the file of a pipeline.
     *
     * @throws ClapException if it is missing, or configures another class than the index names
     */
    static SchedulerFile read(Path folder, ModelIndex index) {
        Path file = PartFolder.of(folder, "scheduler").path().resolve("scheduler_config.json");
        ObjectNode config = JsonText.readPythonObject(file, MOST_BYTES);
        String name = config.path("_class_name").asText();
        if (!name.equals(index.scheduler())) {
            throw new ClapException(file + " configures a " + name + ", but " + index.file() + " names a "
                    + index.scheduler() + "; take both from the same model");
        }
        return new SchedulerFile(file, config);
    }
}
