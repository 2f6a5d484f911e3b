package dev.clap4j.cli;

import dev.clap4j.prompt.Augmentation;
import dev.clap4j.training.source.PromptSource;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clap prompts}: what training will see. */
@Command(
        name = "prompts",
        description = {
            "Print the prompts that training draws from, one a line.",
            "With --augment, each prompt is followed by a tab and its augmented form."
        },
        mixinStandardHelpOptions = true,
        subcommands = PromptsLlmCommand.class)
final class PromptsCommand implements Runnable {
    private static final int MOST = 1_000_000;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private PromptsOption prompts;

    @Option(
            names = "--augment",
            arity = "0..1",
            fallbackValue = "official",
            paramLabel = "LIST",
            description = "Augment as training does: official (OSD=0.5,OCD=0.5,SPO=0.5) unless a list says otherwise."
                    + " OSD, OCD, ASD and ITD delete the size, colour, art style and image type, SPO swaps the order;"
                    + " 'replace' puts other words in place of deleted ones, 'eda' replaces, inserts, swaps or deletes"
                    + " any words, 'articles' makes a and an fit again.")
    private String augment;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Only N prompts, drawn without replacement, all used before one comes again; else all.")
    private Integer count;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "S", description = "Seed of all draws (default: 0).")
    private long seed;

    @Mixin
    private Output output;

    @Override
    public void run() {
        List<String> names = classes.required();
        PromptSource source = prompts.source();
        Augmentation augmentation = augment == null ? null : WrongUse.checking(() -> Augmentation.parse(augment));
        WrongUse.when(
                count != null && (count < 1 || count > MOST),
                "The number of prompts should be at least 1"
                        + (count == null || count < 1 ? "" : " and at most " + MOST) + ", not " + count);
        List<String> all =
                names.stream().flatMap(name -> source.of(name).stream()).toList();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        PrintWriter out = output.out();
        List<Map<String, String>> shown = new ArrayList<>();
        for (String prompt : count == null ? all : draw(all, random)) {
            Optional<String> augmented = Optional.ofNullable(augmentation)
                    .map(change -> change.apply(source.counterpart(prompt, random), source.language(), random));
            if (output.isJson()) {
                Map<String, String> object = new LinkedHashMap<>(Map.of("prompt", prompt));
                augmented.ifPresent(text -> object.put("augmented", text));
                shown.add(object);
            } else {
                out.println(prompt + augmented.map(text -> "\t" + text).orElse(""));
            }
        }
        if (output.isJson()) {
            output.print(shown, "");
        }
    }

    private List<String> draw(List<String> all, RandomGenerator random) {
        List<String> drawn = new ArrayList<>();
        List<String> left = new ArrayList<>();
        while (drawn.size() < count) {
            if (left.isEmpty()) {
                left.addAll(all);
            }
            int place = random.nextInt(left.size());
            drawn.add(left.get(place));
            left.set(place, left.get(left.size() - 1));
            left.remove(left.size() - 1);
        }
        return drawn;
    }
}
