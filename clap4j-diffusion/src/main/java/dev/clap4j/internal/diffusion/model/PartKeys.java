package dev.clap4j.internal.diffusion.model;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.diffusion.network.GroupNorm;
import dev.clap4j.internal.nn.Activation;
import java.util.List;
import java.util.Set;

/** Keys that the configurations of both networks have, and those that change nothing. */
final class PartKeys {
    /** Keys of a denoiser about the file, for training, and for options that are refused. */
    static final Set<String> UNET_HARMLESS = Set.of(
            "_class_name",
            "_diffusers_version",
            "_name_or_path",
            "dropout",
            "addition_embed_type_num_heads",
            "addition_time_embed_dim",
            "projection_class_embeddings_input_dim");

    /** Keys of an autoencoder about the file, for 16-bit floats, and for pictures cut into tiles. */
    static final Set<String> VAE_HARMLESS =
            Set.of("_class_name", "_diffusers_version", "_name_or_path", "force_upcast", "sample_size");

    private PartKeys() {}

    /** Reads the normalisation, whose groups must divide the channels. */
    static GroupNorm norm(ConfigSection section, List<Integer> channels, String epsilonKey, double epsilon) {
        String key = "norm_num_groups";
        if (section.isNull(key)) {
            throw section.unexpected(key, "a number; networks without normalisation are not supported");
        }
        int groups = section.extent(key, 32);
        if (channels.stream().anyMatch(count -> count % groups != 0)) {
            throw new ClapException(section.path() + ": " + key + " is " + groups
                    + ", which does not divide all of block_out_channels " + channels);
        }
        double found = epsilonKey.isEmpty() ? epsilon : section.number(epsilonKey, epsilon);
        return new GroupNorm(groups, (float) found);
    }

    static Activation activation(ConfigSection section) {
        return switch (section.text("act_fn", "silu")) {
            case "silu", "swish" -> Activation.SILU;
            case "gelu" -> Activation.GELU;
            case "relu" -> Activation.RELU;
            default -> throw section.unexpected("act_fn", "\"silu\", \"swish\", \"gelu\" or \"relu\"");
        };
    }

    /** Rejects an option that is not supported. */
    static void refuse(ConfigSection section, String key) {
        if (!section.value(key).isMissingNode()) {
            throw section.unexpected(key, "null; other values are not supported");
        }
    }

    /** Requires a key that has no default. */
    static void demand(ConfigSection section, String key) {
        if (!section.has(key)) {
            throw new ClapException(section.path() + " lacks " + key + ", which the rest of it needs");
        }
    }

    /** Rejects factors other than 1. */
    static void requireOne(ConfigSection section, String key) {
        if (section.number(key, 1) != 1) {
            throw section.unexpected(key, "1; other values are not supported");
        }
    }
}
