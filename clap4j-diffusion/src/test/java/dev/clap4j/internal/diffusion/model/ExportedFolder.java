package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.diffusion.network.AutoencoderKl;
import dev.clap4j.internal.diffusion.network.Sinusoids;
import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.diffusion.network.UNet2DCondition;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OnnxValue;
import dev.clap4j.internal.onnx.OnnxWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes pipelines with their networks as ONNX files, as other tools export them.
 *
 * @param original a pipeline with safetensors
 * @param style how it is exported
 */
record ExportedFolder(Path original, Style style) {
    /**
     * The variants of exports.
     *
     * @param ids the type of token ids
     * @param floats the type of other inputs and of outputs
     * @param time the time step: its type and shape
     * @param inside whether weights are inside of the files
     * @param allStates whether text encoders give the states of every layer
     * @param moments whether the encoder of pictures gives means and variances
     * @param configured whether the configurations are copied
     */
    record Style(
            DataType ids,
            DataType floats,
            Input time,
            boolean inside,
            boolean allStates,
            boolean moments,
            boolean configured) {
        /** As Optimum exports. */
        static Style optimum() {
            return new Style(DataType.I64, DataType.F32, time(DataType.I64, 1), true, true, true, true);
        }

        /** As diffusers' own script exports. */
        static Style diffusers() {
            return new Style(DataType.I32, DataType.F32, time(DataType.F32, -1), false, false, false, true);
        }

        Style withTime(Input other) {
            return new Style(ids, floats, other, inside, allStates, moments, configured);
        }

        Style withFloats(DataType type) {
            return new Style(ids, type, time, inside, allStates, moments, configured);
        }

        static Input time(DataType type, long... shape) {
            return new Input("timestep", type, shape);
        }
    }

    /** A transformer's states after all layers with the norm, those of each layer, and the feature. */
    private record Texts(TextTransformer clip, boolean projected) implements OnnxWriter.Network {
        @Override
        public <T> List<T> apply(TensorOps<T> ops, Weights<T> w, List<T> idsAndEnds) {
            T embedded = ops.rows(w.get("token_embedding.weight"), idsAndEnds.get(0));
            List<T> states = clip.states(ops, w, embedded);
            T last = states.get(states.size() - 1);
            List<T> outputs = new ArrayList<>(List.of(clip.normalised(ops, w, last)));
            outputs.addAll(states);
            if (projected) {
                outputs.add(clip.features(ops, w, last, idsAndEnds.get(1)));
            }
            return outputs;
        }
    }

    private record UNet(UNet2DCondition network) implements OnnxWriter.Network {
        @Override
        public <T> List<T> apply(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
            TimeEmbedding time = network.time();
            T guidance = time.guidanceDim() > 0 ? inputs.get(3) : null;
            T added = time.addedDim() > 0 ? inputs.get(inputs.size() - 1) : null;
            TimeEmbedding.Inputs<T> times = new TimeEmbedding.Inputs<>(inputs.get(2), guidance, added);
            return List.of(network.forward(ops, w, inputs.get(0), inputs.get(1), times));
        }
    }

    private record Half(AutoencoderKl network, boolean decoder) implements OnnxWriter.Network {
        @Override
        public <T> List<T> apply(TensorOps<T> ops, Weights<T> w, List<T> inputs) {
            return List.of(decoder ? network.decode(ops, w, inputs.get(0)) : network.encode(ops, w, inputs.get(0)));
        }
    }

    /** Writes the folder, and names its pipeline. */
    ChangedFolder write(Path copy, String className) {
        try {
            for (String part : List.of("scheduler", "tokenizer", "tokenizer_2")) {
                if (Files.exists(original.resolve(part))) {
                    copy(original.resolve(part), copy.resolve(part));
                }
            }
            Files.copy(original.resolve("model_index.json"), copy.resolve("model_index.json"));
            texts(copy, "");
            if (Files.exists(original.resolve("text_encoder_2"))) {
                texts(copy, "_2");
            }
            unet(copy);
            autoencoder(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChangedFolder folder = new ChangedFolder(copy);
        String graph = "[\"diffusers\", \"OnnxRuntimeModel\"]";
        return folder.set("model_index.json", "/_class_name", '"' + className + '"')
                .set("model_index.json", "/vae", "null")
                .set("model_index.json", "/unet", graph)
                .set("model_index.json", "/vae_decoder", graph)
                .set("model_index.json", "/vae_encoder", graph);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    private Path part(Path copy, String from, String to) throws IOException {
        Path part = Files.createDirectories(copy.resolve(to));
        if (style.configured()) {
            Files.copy(original.resolve(from).resolve("config.json"), part.resolve("config.json"));
        }
        return part.resolve("model.onnx");
    }

    private void texts(Path copy, String suffix) throws IOException {
        TextPart text = TextPart.open(original, suffix);
        boolean projected = !suffix.isEmpty();
        OnnxWriter writer = new OnnxWriter();
        OnnxValue ids = writer.input(new Input("input_ids", style.ids(), -1, -1));
        List<OnnxValue> states = writer.run(
                new Texts(text.checkpoint().network(), projected),
                text.checkpoint().weights(),
                List.of(ids, writer.highest(ids)));
        writer.output("last_hidden_state", style.floats(), states.get(0));
        int layers = text.checkpoint().network().layers();
        if (style.allStates()) {
            for (int i = 0; i <= layers; i++) {
                writer.output("hidden_states." + i, style.floats(), states.get(1 + i));
            }
        }
        if (projected) {
            writer.output("text_embeds", style.floats(), states.get(layers + 2));
        }
        writer.write(part(copy, "text_encoder" + suffix, "text_encoder" + suffix), style.inside());
    }

    private void unet(Path copy) throws IOException {
        PartFolder part = PartFolder.of(original, "unet");
        UNetConfig config = UNetConfig.read(part.config());
        TensorSource weights = PipelineFolder.weights(part, config.network().shapes());
        TimeEmbedding time = config.network().time();
        OnnxWriter writer = new OnnxWriter();
        OnnxValue sample = floats(writer, "sample", -1, config.network().inChannels(), -1, -1);
        OnnxValue text =
                floats(writer, "encoder_hidden_states", -1, -1, config.network().textWidth());
        OnnxValue embedded = sinusoids(writer, writer.input(style.time()), config.sinusoids());
        List<OnnxValue> inputs = new ArrayList<>(List.of(sample, text, writer.forEach(embedded, sample)));
        if (time.guidanceDim() > 0) {
            inputs.add(floats(writer, "timestep_cond", -1, time.guidanceDim()));
        }
        if (time.addedDim() > 0) {
            OnnxValue pooled = floats(writer, "text_embeds", -1, -1);
            OnnxValue sizes = sinusoids(writer, floats(writer, "time_ids", -1, -1), config.sizes());
            inputs.add(writer.sideBySide(
                    pooled, writer.flat(sizes, 6L * config.sizes().dim())));
        }
        writer.output(
                        "out_sample",
                        style.floats(),
                        writer.run(new UNet(config.network()), weights, inputs).get(0))
                .write(part(copy, "unet", "unet"), style.inside());
    }

    private OnnxValue floats(OnnxWriter writer, String name, long... shape) {
        return writer.input(new Input(name, style.floats(), shape));
    }

    private static OnnxValue sinusoids(OnnxWriter writer, OnnxValue numbers, Sinusoids embedding) {
        return writer.sinusoids(numbers, embedding.dim(), embedding.cosinesFirst(), embedding.shift());
    }

    private void autoencoder(Path copy) throws IOException {
        PartFolder part = PartFolder.of(original, "vae");
        AutoencoderKl network = AutoencoderConfig.read(part.config()).network();
        TensorSource weights = PipelineFolder.weights(part, network.shapes());
        OnnxWriter decoder = new OnnxWriter();
        OnnxValue latents = floats(decoder, "latent_sample", -1, network.latentChannels(), -1, -1);
        decoder.output(
                        "sample",
                        style.floats(),
                        decoder.run(new Half(network, true), weights, List.of(latents))
                                .get(0))
                .write(part(copy, "vae", "vae_decoder"), style.inside());
        OnnxWriter encoder = new OnnxWriter();
        OnnxValue pixels = floats(encoder, "sample", -1, 3, -1, -1);
        OnnxValue moments =
                encoder.run(new Half(network, false), weights, List.of(pixels)).get(0);
        if (!style.moments()) {
            moments = encoder.withNoise(moments);
        }
        encoder.output(style.moments() ? "latent_parameters" : "latent_sample", style.floats(), moments)
                .write(part(copy, "vae", "vae_encoder"), style.inside());
    }
}
