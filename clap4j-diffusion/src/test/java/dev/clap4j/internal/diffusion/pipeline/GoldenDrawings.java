package dev.clap4j.internal.diffusion.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Golden;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.diffusion.scheduler.Noise;
import dev.clap4j.internal.diffusion.scheduler.Scheduler;
import dev.clap4j.internal.diffusion.scheduler.Schedulers;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A case of a golden pipeline: pictures that the reference drew together, here drawn one by one. */
record GoldenDrawings(String pipeline, String name, JsonNode json, SafetensorsFile tensors) {
    private static final String FOLDER = "diffusion/";

    static Stream<GoldenDrawings> all() {
        return Golden.present(
                "diffusion/*/cases.json",
                Golden.folders("diffusion", "model").stream()
                        .filter(pipeline -> Golden.file(FOLDER + pipeline)
                                .resolve("cases.json")
                                .toFile()
                                .exists())
                        .flatMap(GoldenDrawings::of)
                        .toList())
                .stream();
    }

    private static Stream<GoldenDrawings> of(String pipeline) {
        SafetensorsFile tensors = Golden.tensors(FOLDER + pipeline + "/cases.safetensors");
        return Golden.json(FOLDER + pipeline + "/cases.json").properties().stream()
                .map(entry -> new GoldenDrawings(pipeline, entry.getKey(), entry.getValue(), tensors));
    }

    @Override
    public String toString() {
        return pipeline + " " + name;
    }

    Path model() {
        return Golden.file(FOLDER + pipeline + "/model");
    }

    /** The class of the case, which may differ from the folder's. */
    PipelineKind kind() {
        String className = json.get("pipeline").asText().replace("Img2Img", "");
        return Stream.of(PipelineKind.values())
                .filter(kind -> kind.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    boolean guided() {
        return json.get("guided").asBoolean();
    }

    boolean fromPicture() {
        return json.has("img2img");
    }

    int rows() {
        return (int) tensors.get(name + ".latents").shape()[1];
    }

    List<Integer> stepsKept() {
        List<Integer> kept = new ArrayList<>();
        json.get("steps_kept").forEach(step -> kept.add(step.asInt()));
        return kept;
    }

    int calls() {
        return json.get("timesteps").size();
    }

    Scheduler scheduler() {
        return Schedulers.read(
                Path.of(toString()),
                (ObjectNode) json.get("scheduler"),
                json.path("eta").asDouble(0));
    }

    private static String text(JsonNode texts, int row, int rows) {
        if (!texts.isArray()) {
            return texts.isTextual() ? texts.asText() : null;
        }
        return texts.get(row / (rows / texts.size())).asText();
    }

    Drawing drawing(int row) {
        Prompt prompt =
                new Prompt(text(json.get("prompt_text"), row, rows()), text(json.path("prompt_2_text"), row, rows()));
        String negative = text(json.path("negative_text"), row, rows());
        Drawing drawing = Drawing.of(
                prompt,
                negative == null ? null : new Prompt(negative, text(json.path("negative_2_text"), row, rows())),
                settings());
        return fromPicture() ? drawing.from(picture(), json.get("img2img").asDouble()) : drawing;
    }

    private DrawingSettings settings() {
        int height = json.get("image_size").get(0).asInt();
        int width = json.get("image_size").get(1).asInt();
        PictureSizes sizes = sizes("", height, width);
        boolean other = json.has("negative_original_size") && json.has("negative_target_size");
        return new DrawingSettings(
                height,
                width,
                json.get("steps").asInt(),
                json.path("original_steps").asInt(0),
                json.get("guidance").asDouble(),
                json.path("guidance_rescale").asDouble(0),
                json.path("clip_skip").asInt(0),
                sizes,
                other ? sizes("negative_", height, width) : sizes);
    }

    private PictureSizes sizes(String prefix, int height, int width) {
        return new PictureSizes(
                json.path(prefix + "original_size").path(0).asInt(height),
                json.path(prefix + "original_size").path(1).asInt(width),
                json.path(prefix + "crops").path(0).asInt(0),
                json.path(prefix + "crops").path(1).asInt(0),
                json.path(prefix + "target_size").path(0).asInt(height),
                json.path(prefix + "target_size").path(1).asInt(width));
    }

    private PixelPlanes picture() {
        TensorData pixels = tensors.get("img2img.image_u8");
        long[] shape = pixels.shape();
        byte[] samples = new byte[(int) pixels.elements()];
        pixels.bytes().get(samples);
        return PixelPlanes.of(
                Bitmap.of(PixelMode.RGB, (int) shape[shape.length - 2], (int) shape[shape.length - 3], samples));
    }

    /** The reference's noise of a row, in the order in which a pipeline draws it. */
    Noise noise(int row) {
        Deque<float[]> drawn = new ArrayDeque<>();
        if (fromPicture()) {
            drawn.add(tensors.get(name + ".posterior_noise").rows(row, 1).toFloats());
            drawn.add(tensors.get(name + ".start_noise").rows(row, 1).toFloats());
        } else {
            drawn.add(tensors.get(json.get("latents").asText()).rows(row, 1).toFloats());
        }
        if (has("noise")) {
            TensorData noise = tensors.get(name + ".noise");
            for (int step = 0; step < noise.shape()[0]; step++) {
                drawn.add(row(noise, step, row));
            }
        }
        return drawn::remove;
    }

    boolean has(String part) {
        return tensors.names().contains(name + "." + part);
    }

    float[] latents(int kept, int row) {
        return row(tensors.get(name + ".latents"), kept, row);
    }

    /** A row of a tensor of one of the kept steps; with guidance, rows without the prompt come first. */
    float[] of(String part, int kept, int row) {
        return row(tensors.get(name + "." + part), kept, row);
    }

    private static float[] row(TensorData steps, int step, int row) {
        long[] shape = steps.shape();
        long[] flat = new long[shape.length - 1];
        System.arraycopy(shape, 1, flat, 0, flat.length);
        return steps.rows(step, 1).reshape(flat).rows(row, 1).toFloats();
    }
}
