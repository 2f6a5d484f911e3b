package dev.clap4j.fuzz.target;

import dev.clap4j.experiment.recipe.SweepSpec;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.pretraining.CaptionedFolder;
import dev.clap4j.prompt.ClassNames;
import dev.clap4j.prompt.PromptFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Files written by people or language models. */
final class TextFiles {
    private TextFiles() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static List<Input> classes() {
        return List.of(Input.of("classes.txt", bytes("# things\ndog\nalarm clock\n\ncafé\n")));
    }

    static void readClasses(Path file) {
        ClassNames.read(file).forEach(ClassNames::fromFolder);
    }

    static List<Input> sweep() {
        String yaml = """
                # Temperatures.
                title: Temperature
                models: [a, b]
                data: iconworld
                preset: pacs
                options:
                  steps: 960
                  prompts: template
                grid:
                  tau: [0.1, 0.5, 1]
                  latent:
                    - 256
                    - 512
                alpha: [0, 0.5, 1]
                seeds: 2
                """;
        return List.of(Input.of("sweep.yaml", bytes(yaml)));
    }

    static void readSweep(Path file) {
        SweepSpec.read(file).points();
    }

    static List<Input> captions() {
        String lines = """
                {"image": "a.png", "caption": "a dog"}
                {"image": "below/b.png", "caption": "\\u00fc \\"quoted\\""}
                """;
        byte[] picture = Pictures.png().get(0).get("picture.png");
        return List.of(
                Input.of("captions.jsonl", bytes(lines)).with("a.png", picture).with("below/b.png", picture));
    }

    static void readCaptions(Path folder) {
        CaptionedFolder captions = CaptionedFolder.open(folder, 16, 1);
        captions.describe();
        for (int i = 0; i < 2; i++) {
            captions.caption(i);
            captions.pixels(i);
        }
    }

    static List<Input> prompts() {
        return List.of(Input.of("dog.txt", bytes("# by hand\na dog on a beach\na red dog\n"))
                .with("alarm_clock.txt", bytes("an alarm clock\n")));
    }

    static void readPrompts(Path folder) {
        PromptFolder prompts = new PromptFolder(folder);
        for (String name : List.of("dog", "alarm clock")) {
            prompts.read(name);
        }
    }
}
