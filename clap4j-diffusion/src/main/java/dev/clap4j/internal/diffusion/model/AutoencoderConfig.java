package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.diffusion.network.AutoencoderKl;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The configuration of an autoencoder.
 *
 * @param path the file
 * @param network the network
 * @param scalingFactor the factor from its latents to the denoiser's
 */
record AutoencoderConfig(Path path, AutoencoderKl network, float scalingFactor) {
    private static final double EPSILON = 1e-6;
    private static final int COLOURS = 3;

    /**
     * Reads a {@code config.json}.
     *
     * @throws dev.clap4j.ClapException if a value is invalid or not supported
     */
    static AutoencoderConfig read(Path path) {
        ConfigSection section = ConfigSection.read(path);
        List<Integer> channels = LevelValues.channels(section, "block_out_channels", List.of(64));
        requireBlocks(section, "down_block_types", "DownEncoderBlock2D", channels.size());
        requireBlocks(section, "up_block_types", "UpDecoderBlock2D", channels.size());
        AutoencoderKl network = new AutoencoderKl(
                COLOURS,
                section.extent("latent_channels", 4),
                channels,
                LevelValues.layers(section, "layers_per_block", 1, 1).get(0),
                isOn(section, "mid_block_add_attention"),
                isOn(section, "use_quant_conv"),
                isOn(section, "use_post_quant_conv"),
                PartKeys.norm(section, channels, "", EPSILON),
                PartKeys.activation(section));
        float scalingFactor = (float) section.number("scaling_factor", 0.18215);
        List.of("shift_factor", "latents_mean", "latents_std").forEach(key -> PartKeys.refuse(section, key));
        section.require(Map.of(
                "_class_name", "\"AutoencoderKL\"",
                "in_channels", "" + COLOURS,
                "out_channels", "" + COLOURS));
        section.requireNothingElse(PartKeys.VAE_HARMLESS);
        return new AutoencoderConfig(path, network, scalingFactor);
    }

    private static void requireBlocks(ConfigSection section, String key, String name, int levels) {
        LevelValues.areOf(section, key, Collections.nCopies(1, name), name, name, levels);
    }

    private static boolean isOn(ConfigSection section, String key) {
        return !section.has(key) || section.flag(key);
    }
}
