package dev.clap4j.cli;

import dev.clap4j.training.source.PromptSource;
import picocli.CommandLine.Option;

/** {@code --prompts}: the source of the prompts. */
final class PromptsOption {
    @Option(
            names = "--prompts",
            defaultValue = "template",
            paramLabel = "SOURCE",
            description =
                    "Where the prompts come from: template (the paper's), template:zh (in Chinese), template:FILE.yaml (in a"
                            + " language described there), llm:DIR (text files, one for each class,"
                            + " as clap prompts llm writes them), random ('a [random word] style of [class]'), or promptstyler"
                            + " (80 styles learned through the text encoder; promptstyler:N learns N) (default:"
                            + " ${DEFAULT-VALUE}).")
    private String text;

    /** Returns the source; its folder is read when its prompts are asked for. */
    PromptSource source() {
        return WrongUse.checking(() -> PromptSource.parse(text));
    }
}
