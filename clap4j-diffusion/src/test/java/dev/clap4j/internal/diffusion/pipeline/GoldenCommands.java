package dev.clap4j.internal.diffusion.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.diffusion.scheduler.Sampler;
import dev.clap4j.internal.diffusion.scheduler.Scheduler;
import dev.clap4j.internal.diffusion.scheduler.Schedulers;
import dev.clap4j.internal.diffusion.scheduler.StepPlan;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A golden case that options of the command line can ask for.
 *
 * @param name the pipeline and the case
 * @param model the pipeline's folder
 * @param options the options, but those of the model, the latents and the folder of the pictures
 * @param latents {@code [n, channels, height, width]}, for the n pictures of the prompt
 * @param images {@code [n, height, width, 3]}, the reference's pictures in 8 bits
 */
public record GoldenCommands(String name, Path model, List<String> options, TensorData latents, TensorData images) {
    private static final List<String> NO_OPTIONS = List.of(
            "img2img",
            "eta",
            "guidance_rescale",
            "clip_skip",
            "original_steps",
            "original_size",
            "crops",
            "target_size",
            "negative_original_size",
            "negative_crops",
            "negative_target_size",
            "prompt_2",
            "neg_2");

    private static final int LONGEST_PROMPT = 200;
    private static final Pattern WORD = Pattern.compile("[a-z]{3,}");

    /** Returns all of them. */
    public static Stream<GoldenCommands> all() {
        return GoldenDrawings.all().flatMap(GoldenCommands::of);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Stream<GoldenCommands> of(GoldenDrawings golden) {
        JsonNode json = golden.json();
        String kind = JsonFiles.readObject(golden.model().resolve("model_index.json"))
                .get("_class_name")
                .asText();
        boolean plain = NO_OPTIONS.stream().noneMatch(json::has)
                && golden.has("image_u8")
                && golden.kind().className().equals(kind);
        Optional<List<String>> scheduler = plain ? scheduler(golden) : Optional.empty();
        if (scheduler.isEmpty()) {
            return Stream.empty();
        }
        List<GoldenCommands> commands = new ArrayList<>();
        int perPrompt = json.path("per_prompt").asInt(1);
        for (int row = 0; row < golden.rows(); row += perPrompt) {
            String prompt = golden.drawing(row).prompt().text();
            Matcher word = WORD.matcher(prompt);
            if (prompt.length() <= LONGEST_PROMPT && word.find()) {
                List<String> options = new ArrayList<>(scheduler.get());
                options.addAll(List.of("--classes", word.group()));
                options.addAll(List.of("--template", word.replaceFirst("{class}")));
                if (golden.drawing(row).negative() != null) {
                    options.addAll(
                            List.of("--negative", golden.drawing(row).negative().text()));
                }
                DrawingSettings settings = golden.drawing(row).settings();
                options.addAll(List.of("--steps", "" + settings.steps(), "--guidance", "" + settings.guidance()));
                options.addAll(List.of("--size", settings.width() + "x" + settings.height()));
                options.addAll(List.of("--per-prompt", "" + perPrompt));
                TensorData latents = golden.tensors().get(json.get("latents").asText());
                TensorData images = golden.tensors().get(golden.name() + ".image_u8");
                commands.add(new GoldenCommands(
                        golden + " " + row,
                        golden.model(),
                        options,
                        latents.rows(row, perPrompt),
                        images.rows(row, perPrompt)));
            }
        }
        return commands.stream();
    }

    /** Returns the option that samples like the case, none for the pipeline's own scheduler; empty if there is none. */
    private static Optional<List<String>> scheduler(GoldenDrawings golden) {
        Path file = golden.model().resolve("scheduler/scheduler_config.json");
        ObjectNode own = (ObjectNode) JsonFiles.readObject(file);
        Optional<float[]> wanted = sampled(golden.scheduler(), golden);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (isLike(Schedulers.read(file, own, 0), golden, wanted.get())) {
            return Optional.of(List.of());
        }
        return Schedulers.names().stream()
                .filter(name -> isLike(Schedulers.read(file, Schedulers.chosen(name, own), 0), golden, wanted.get()))
                .findFirst()
                .map(name -> List.of("--scheduler", name));
    }

    private static boolean isLike(Scheduler scheduler, GoldenDrawings golden, float[] wanted) {
        return sampled(scheduler, golden)
                .filter(found -> Arrays.equals(found, wanted))
                .isPresent();
    }

    /** Returns what a scheduler makes of some numbers; empty if that depends on noise that it draws. */
    private static Optional<float[]> sampled(Scheduler scheduler, GoldenDrawings golden) {
        int steps = golden.json().get("steps").asInt();
        float[] without = sampled(scheduler, steps, () -> new float[] {0, 0});
        float[] with = sampled(scheduler, steps, () -> new float[] {1, -2});
        return Arrays.equals(without, with) ? Optional.of(with) : Optional.empty();
    }

    private static float[] sampled(Scheduler scheduler, int steps, Noise noise) {
        Sampler sampler = scheduler.sampler(StepPlan.of(steps));
        float scale = sampler.schedule().initialScale();
        float[] sample = {scale, -0.7f * scale};
        List<Float> all = new ArrayList<>();
        for (int call = 0; call < sampler.schedule().calls(); call++) {
            float time = sampler.schedule().timesteps()[call];
            all.add(time);
            float[] input = sampler.input(call, sample);
            float[] output = {input[0] * time / (time + 1), input[1] * time / (time + 1)};
            sample = sampler.step(call, output, sample, noise);
            all.add(sample[0]);
            all.add(sample[1]);
        }
        float[] values = new float[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i);
        }
        return values;
    }
}
