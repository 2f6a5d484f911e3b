package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline's folder with its networks as ONNX files, as diffusers' {@code OnnxStableDiffusionPipeline} and Optimum save
 * it: {@code unet/model.onnx} and so on, the autoencoder in two.
 */
final class GraphFolder {
    /** The folders of networks that other pipelines do not have. */
    static final List<String> PARTS = List.of("vae_decoder", "vae_encoder");

    /** The folders of all parts. */
    static final List<String> ALL_PARTS = Stream.concat(
                    PipelineFiles.PARTS.stream().filter(part -> !part.equals("vae")), PARTS.stream())
            .toList();

    private GraphFolder() {}

    /** Returns whether a pipeline has its UNet as an ONNX file, and no other weights of it. */
    static boolean isOne(Path folder) {
        Path unet = folder.resolve("unet");
        boolean hasWeights =
                PipelineFiles.weights(name -> Files.exists(unet.resolve(name))).isPresent();
        return !hasWeights
                && (Files.exists(unet.resolve(PartGraph.FILE)) || Files.exists(folder.resolve(PARTS.get(0))));
    }

    /**
     * Opens a folder, and checks all of it but the weights and operators, which are checked when they are loaded.
     *
     * @throws ClapException naming the part, input or output that is missing or not supported
     */
    static DiffusionModel open(Path folder, Engine engine) {
        if (!(engine instanceof OrtEngine runtime)) {
            throw new ClapException("The networks in " + folder + " are ONNX files, which only ONNX Runtime runs");
        }
        ModelIndex index = ModelIndex.readGraphs(folder);
        SchedulerFile scheduler = SchedulerFile.read(folder, index);
        boolean large = index.kind() == PipelineKind.STABLE_DIFFUSION_XL;
        GraphTexts first = GraphTexts.open(
                folder, "", large ? TextEncoder.Reading.PENULTIMATE : TextEncoder.Reading.LAST, runtime);
        Optional<GraphTexts> second = large
                ? Optional.of(GraphTexts.open(folder, "_2", TextEncoder.Reading.PENULTIMATE_AND_POOLED, runtime))
                : Optional.empty();
        second.ifPresent(other -> PipelineFolder.requireSameLength(folder, first.length(), other.length()));
        GraphDenoiser denoiser =
                new GraphDenoiser(PartGraph.open(folder, "unet", runtime), index.kind(), large ? 128 : 64);
        return new LoadedPipeline(
                index,
                folder,
                scheduler.config(),
                scheduler.path(),
                new ClipPrompts(first, second.map(TextEncoder.class::cast)),
                denoiser,
                GraphAutoencoder.open(folder, denoiser.channels(), runtime));
    }
}
