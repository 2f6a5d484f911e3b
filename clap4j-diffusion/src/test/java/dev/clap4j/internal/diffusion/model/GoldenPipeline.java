package dev.clap4j.internal.diffusion.model;

import dev.clap4j.Golden;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A tiny pipeline whose networks the reference implementation ran. */
record GoldenPipeline(String name) {
    /** The pipelines with weights; the folder may have others that are tokenizers alone. */
    static List<String> names() {
        return Golden.folders("diffusion", "model/unet");
    }

    Path folder() {
        return Golden.file("diffusion/" + name + "/model");
    }

    DiffusionModel open() {
        return open(OrtEngine.create());
    }

    DiffusionModel open(Engine engine) {
        return PipelineFolder.open(folder(), engine);
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        Golden.json("diffusion/" + name + "/text.json").get("texts").forEach(text -> texts.add(text.asText()));
        return texts;
    }

    List<Prompt> prompts() {
        return texts().stream().map(Prompt::of).toList();
    }

    SafetensorsFile textTensors() {
        return Golden.tensors("diffusion/" + name + "/text.safetensors");
    }

    SafetensorsFile moduleTensors() {
        return Golden.tensors("diffusion/" + name + "/modules.safetensors");
    }

    /** The names of the cases of a network. */
    List<String> cases(String network) {
        return Golden.present(
                name + " " + network,
                moduleTensors().names().stream()
                        .filter(tensor -> tensor.startsWith(network + "."))
                        .map(tensor -> tensor.substring(network.length() + 1).replaceFirst("\\..*", ""))
                        .distinct()
                        .sorted()
                        .toList());
    }

    TensorData module(String tensor) {
        return moduleTensors().get(tensor);
    }

    private Optional<TensorData> optional(String tensor) {
        SafetensorsFile tensors = moduleTensors();
        return Optional.of(tensor).filter(tensors::contains).map(tensors::get);
    }

    TensorData predict(DiffusionModel model, String example) {
        String prefix = "unet." + example + ".";
        TensorData times = module(prefix + "timestep");
        float[] timesteps = new float[(int) times.elements()];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = times.type().isFloat() ? times.floatAt(i) : times.toLongs()[i];
        }
        Condition condition = new Condition(
                module(prefix + "encoder_hidden_states"),
                optional(prefix + "text_embeds").orElse(null),
                optional(prefix + "time_ids").orElse(null),
                optional(prefix + "timestep_cond").orElse(null));
        return model.denoiser().predict(module(prefix + "sample"), timesteps, condition);
    }

    /** The pixels of a case, from -1 to 1. */
    TensorData pixels(String example) {
        TensorData image = module("vae_encode." + example + ".image_u8");
        int height = (int) image.shape()[0];
        int width = (int) image.shape()[1];
        long[] bytes = image.toLongs();
        float[] pixels = new float[bytes.length];
        for (int i = 0; i < height * width; i++) {
            for (int colour = 0; colour < 3; colour++) {
                pixels[colour * height * width + i] = bytes[3 * i + colour] / 255f * 2 - 1;
            }
        }
        return TensorData.of("pixels", pixels, 1, 3, height, width);
    }
}
