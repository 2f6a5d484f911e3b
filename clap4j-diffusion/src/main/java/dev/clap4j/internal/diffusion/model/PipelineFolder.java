package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.CheckpointWeights;
import dev.clap4j.internal.checkpoint.NameTable;
import dev.clap4j.internal.checkpoint.PipelineFiles;
import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline's folder as diffusers saves it: {@code model_index.json}, and a folder for each part with its configuration
 * and weights, or its network as an ONNX file.
 */
public final class PipelineFolder {
    /** The names of the autoencoder's attention in files of 2022. */
    private static final NameTable OLD_ATTENTION = NameTable.of(attention("encoder") + attention("decoder"));

    private static final String OLD_LANDMARK = "decoder.mid_block.attentions.0.query.weight";

    /** The number of sizes that Stable Diffusion XL takes. */
    static final int SIZES = 6;

    private PipelineFolder() {}

    private static String attention(String half) {
        return """
                H.to_q.* = H.query.*
                H.to_k.* = H.key.*
                H.to_v.* = H.value.*
                H.to_out.0.* = H.proj_attn.*
                """.replace("H.", half + ".mid_block.attentions.0.");
    }

    /**
     * Opens a folder, and checks all of it but the values of weights, which are checked when they are loaded.
     *
     * @param engine the engine that runs the networks
     * @throws ClapException naming the part, key or tensor that is missing, damaged or not supported
     */
    public static DiffusionModel open(Path folder, Engine engine) {
        if (!Files.isDirectory(folder)) {
            throw new ClapException(folder
                    + (Files.exists(folder)
                            ? " is a file; a diffusion model is a folder with " + PipelineFiles.INDEX
                                    + ", as diffusers saves it"
                            : ": there is no such folder"));
        }
        if (GraphFolder.isOne(folder)) {
            return GraphFolder.open(folder, engine);
        }
        ModelIndex index = ModelIndex.read(folder);
        SchedulerFile scheduler = SchedulerFile.read(folder, index);
        boolean large = index.kind() == PipelineKind.STABLE_DIFFUSION_XL;
        TextPart first = TextPart.open(folder, "");
        Optional<TextPart> second = large ? Optional.of(TextPart.open(folder, "_2")) : Optional.empty();
        UNetConfig unet = UNetConfig.read(PartFolder.of(folder, "unet").config());
        AutoencoderConfig vae =
                AutoencoderConfig.read(PartFolder.of(folder, "vae").config());
        requireAgreement(index.kind(), first, second, unet, vae);
        TensorSource unetWeights =
                weights(PartFolder.of(folder, "unet"), unet.network().shapes());
        TensorSource vaeWeights =
                weights(PartFolder.of(folder, "vae"), vae.network().shapes());
        ClipPrompts prompts = new ClipPrompts(
                new ClipTexts(first, large ? TextEncoder.Reading.PENULTIMATE : TextEncoder.Reading.LAST, engine),
                second.map(part -> new ClipTexts(part, TextEncoder.Reading.PENULTIMATE_AND_POOLED, engine)));
        return new LoadedPipeline(
                index,
                folder,
                scheduler.config(),
                scheduler.path(),
                prompts,
                new UNetDenoiser(unet, unetWeights, pooledDim(second), large ? 128 : 64, engine),
                new KlAutoencoder(vae, vaeWeights, engine));
    }

    /** Returns the names of the parts that are read of a folder, if it has them. */
    public static List<String> parts(Path folder) {
        return GraphFolder.isOne(folder) ? GraphFolder.ALL_PARTS : PipelineFiles.PARTS;
    }

    /** Returns the tensors of a network by diffusers' present names, checked when they are read. */
    static TensorSource weights(PartFolder part, Shapes shapes) {
        TensorFile file = TensorFile.open(part.weights());
        NameTable names = file.contains(OLD_LANDMARK) ? OLD_ATTENTION : NameTable.of("");
        return CheckpointWeights.of(file, names, shapes, Set.of(), part.config());
    }

    private static int pooledDim(Optional<TextPart> second) {
        return second.map(part -> part.checkpoint().network().embedDim()).orElse(0);
    }

    private static void requireAgreement(
            PipelineKind kind, TextPart first, Optional<TextPart> second, UNetConfig unet, AutoencoderConfig vae) {
        int textWidth = first.checkpoint().network().width()
                + second.map(part -> part.checkpoint().network().width()).orElse(0);
        requireEqual(
                unet.path(),
                "cross_attention_dim",
                unet.network().textWidth(),
                "the text encoders give states of width",
                textWidth);
        int latents = vae.network().latentChannels();
        requireEqual(
                unet.path(),
                "in_channels",
                unet.network().inChannels(),
                "the autoencoder's latent_channels are",
                latents);
        requireEqual(
                unet.path(),
                "out_channels",
                unet.network().outChannels(),
                "the autoencoder's latent_channels are",
                latents);
        TimeEmbedding time = unet.network().time();
        int added = kind == PipelineKind.STABLE_DIFFUSION_XL
                ? pooledDim(second) + SIZES * unet.sizes().dim()
                : 0;
        if (added > 0 && time.addedDim() == 0) {
            throw new ClapException(
                    unet.path() + " has no addition_embed_type, but " + kind.className() + " needs \"text_time\"");
        }
        requireEqual(
                unet.path(),
                "projection_class_embeddings_input_dim",
                time.addedDim(),
                "for a " + kind.className() + " it should be",
                added);
        if (kind == PipelineKind.LATENT_CONSISTENCY && time.guidanceDim() == 0) {
            throw new ClapException(unet.path() + " has no time_cond_proj_dim, but " + kind.className()
                    + " takes the guidance as a condition");
        }
        second.ifPresent(
                other -> requireSameLength(unet.path().getParent().getParent(), first.length(), other.length()));
    }

    static void requireSameLength(Path folder, int first, int second) {
        if (first != second) {
            throw new ClapException(
                    "The tokenizers of " + folder + " pad texts to different lengths: " + first + " and " + second);
        }
    }

    private static void requireEqual(Path file, String key, int found, String where, int expected) {
        if (found != expected) {
            throw new ClapException(file + ": " + key + " is " + found + ", but " + where + " " + expected);
        }
    }
}
