package dev.clap4j.cli;

import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.prompt.llm.Chat;
import dev.clap4j.prompt.llm.ChatEndpoint;
import dev.clap4j.prompt.llm.PromptWriter;
import dev.clap4j.prompt.llm.WrittenPrompts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap prompts llm}: prompts by a language model. */
@Command(
        name = "llm",
        description = {
            "Have a language model write the prompts of classes, for clap train --prompts llm:DIR.",
            "They lie in DIR/<class>.txt, one a line. Classes that are there are kept: an interrupted run goes on where it"
                    + " was, and more classes may follow."
        },
        mixinStandardHelpOptions = true)
final class PromptsLlmCommand implements Runnable, Interruptible {
    @Mixin
    private ClassesOption classes;

    @Option(
            names = "--endpoint",
            required = true,
            paramLabel = "URL",
            description = "A server of OpenAI's chat completions, such as http://localhost:8000/v1.")
    private String endpoint;

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "The language model's name there.")
    private String model;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder: new, or of such prompts.")
    private Path out;

    @Option(
            names = "--count",
            defaultValue = "120",
            paramLabel = "N",
            description = "Prompts of each class (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--question",
            defaultValue = PromptWriter.QUESTION,
            paramLabel = "TEXT",
            description = "What to ask, with {class} and {count} where these should stand.")
    private String question;

    @Mixin
    private KeyOption key;

    @Mixin
    private Output output;

    private record Filled(String folder, int classes, int written, int prompts) {}

    @Override
    public String kept() {
        return "the prompts of finished classes are in " + out;
    }

    @Override
    public void run() {
        List<String> names = classes.required();
        PromptWriter writer = WrongUse.checking(() -> new PromptWriter(question, count));
        Optional<String> secret = key.keyOrUsual();
        Chat chat = WrongUse.checking(() -> new ChatEndpoint(endpoint, model, secret));
        FolderLock.holding(out, () -> write(names, writer, chat));
    }

    private void write(List<String> names, PromptWriter writer, Chat chat) {
        int written;
        try (ProgressBar progress = ProgressBar.open()) {
            written = WrittenPrompts.fill(out, names, writer, chat, progress);
        }
        Filled filled = new Filled(out.toString(), names.size(), written, names.size() * count);
        output.print(
                filled,
                String.format(
                        "%d prompts of %d classes in %s, %d of the classes new",
                        filled.prompts, filled.classes, out, written));
    }
}
