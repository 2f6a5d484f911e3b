package dev.clap4j.prompt.llm;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.io.FolderRecord;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * A folder of prompts written by a language model, see {@link PromptFolder}, with {@code llm.json}, which records how
 * they were requested. Existing classes are kept, so that an interrupted run can be resumed, and classes added.
 */
public final class WrittenPrompts {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "llm.json";

    private WrittenPrompts() {}

    /**
     * Writes the prompts of missing classes, one class after another.
     *
     * @param folder new, empty, or with prompts requested in the same way
     * @param progress receives the number of classes done
     * @return the number of classes written
     * @throws ClapException if the folder holds anything else or cannot be written, or the model returns no prompts
     */
    public static int fill(Path folder, List<String> classes, PromptWriter writer, Chat model, Progress progress) {
        PromptFolder prompts = new PromptFolder(folder);
        classes.forEach(prompts::fileOf);
        take(folder, writer, model);
        Steps steps = Steps.begin(progress, "classes", classes.size());
        int written = 0;
        for (String name : classes) {
            if (!prompts.has(name, classes)) {
                prompts.write(name, writer.write(name, model));
                written++;
            }
            steps.advance(1);
        }
        return written;
    }

    private static void take(Path folder, PromptWriter writer, Chat model) {
        ObjectNode wanted = JSON.createObjectNode();
        new TreeMap<>(model.describe()).forEach(wanted::put);
        wanted.put("question", writer.question()).put("count", writer.count());
        FolderRecord.take(folder, RECORD, wanted, "prompts that were asked for", "prompts by a language model");
    }
}
