package dev.clap4j.internal.diffusion.model;

import dev.clap4j.internal.checkpoint.ConfigSection;
import dev.clap4j.internal.diffusion.network.Sinusoids;
import dev.clap4j.internal.diffusion.network.TimeEmbedding;
import dev.clap4j.internal.diffusion.network.UNet2DCondition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The configuration of a denoiser.
 *
 * @param path the file
 * @param network the network
 * @param sinusoids the embedding of time steps
 * @param sizes the embedding of sizes; of dimension 0 if they are no condition
 * @param sampleSize the height and width of latents for which it was trained, if it says so
 */
record UNetConfig(Path path, UNet2DCondition network, Sinusoids sinusoids, Sinusoids sizes, OptionalInt sampleSize) {
    private static final String CLASS = "UNet2DConditionModel";
    private static final List<Integer> CHANNELS = List.of(320, 640, 1280, 1280);
    private static final int MOST_HEADS = 1_000_000;

    /** Options that are not supported, with null for none. */
    private static final List<String> REFUSED = List.of(
            "class_embed_type",
            "cross_attention_norm",
            "encoder_hid_dim",
            "encoder_hid_dim_type",
            "num_attention_heads",
            "num_class_embeds",
            "time_embedding_act_fn",
            "timestep_post_act");

    /** Options of which one value is supported. */
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("_class_name", '"' + CLASS + '"'),
            Map.entry("attention_type", "\"default\""),
            Map.entry("center_input_sample", "false"),
            Map.entry("class_embeddings_concat", "false"),
            Map.entry("downsample_padding", "1"),
            Map.entry("dual_cross_attention", "false"),
            Map.entry("mid_block_only_cross_attention", "false"),
            Map.entry("resnet_skip_time_act", "false"),
            Map.entry("resnet_time_scale_shift", "\"default\""),
            Map.entry("time_embedding_type", "\"positional\""));

    /**
     * Reads a {@code config.json}.
     *
     * @throws dev.clap4j.ClapException if a value is invalid or not supported
     */
    static UNetConfig read(Path path) {
        ConfigSection section = ConfigSection.read(path);
        List<Integer> channels = LevelValues.channels(section, "block_out_channels", CHANNELS);
        boolean cosinesFirst = !section.has("flip_sin_to_cos") || section.flag("flip_sin_to_cos");
        int shift = section.index("freq_shift", 0);
        int timeDim = channels.get(0);
        if (2 * shift >= timeDim) {
            throw section.unexpected("freq_shift", "less than half of the first of block_out_channels");
        }
        int sizeDim = addedSizes(section);
        UNet2DCondition network = new UNet2DCondition(
                section.extent("in_channels", 4),
                section.extent("out_channels", 4),
                kernel(section, "conv_in_kernel"),
                kernel(section, "conv_out_kernel"),
                levels(section, channels),
                hasMiddle(section),
                textWidth(section, channels.size()),
                time(section, timeDim, sizeDim),
                section.flag("use_linear_projection"),
                PartKeys.norm(section, channels, "norm_eps", 1e-5),
                PartKeys.activation(section));
        OptionalInt sampleSize =
                section.has("sample_size") ? OptionalInt.of(section.side("sample_size", 1)) : OptionalInt.empty();
        refuseTheRest(section, channels.size());
        return new UNetConfig(
                path,
                network,
                new Sinusoids(timeDim, cosinesFirst, shift),
                new Sinusoids(sizeDim, cosinesFirst, shift),
                sampleSize);
    }

    private static void refuseTheRest(ConfigSection section, int levels) {
        REFUSED.forEach(key -> PartKeys.refuse(section, key));
        section.require(NEUTRAL);
        PartKeys.requireOne(section, "mid_block_scale_factor");
        PartKeys.requireOne(section, "resnet_out_scale_factor");
        boolean each = section.value("only_cross_attention").isArray();
        String none = Collections.nCopies(levels, "false").toString().replace(" ", "");
        section.require(Map.of("only_cross_attention", each ? none : "false"));
        section.flag("upcast_attention");
        section.requireNothingElse(PartKeys.UNET_HARMLESS);
    }

    private static boolean hasMiddle(ConfigSection section) {
        if (section.isNull("mid_block_type")) {
            return false;
        }
        section.require(Map.of("mid_block_type", "\"UNetMidBlock2DCrossAttn\""));
        return true;
    }

    private static int kernel(ConfigSection section, String key) {
        int kernel = section.extent(key, 3);
        if (kernel % 2 == 0) {
            throw section.unexpected(key, "an odd number");
        }
        return kernel;
    }

    private static int textWidth(ConfigSection section, int levels) {
        List<Integer> widths = LevelValues.numbers(section, "cross_attention_dim", 1280, levels, 1_000_000);
        if (widths.stream().distinct().count() > 1) {
            throw section.unexpected("cross_attention_dim", "the same number for all blocks");
        }
        return widths.get(0);
    }

    /** Returns the dimension of the embedding of one size; 0 if sizes are no condition. */
    private static int addedSizes(ConfigSection section) {
        if (!section.has("addition_embed_type")) {
            return 0;
        }
        section.require(Map.of("addition_embed_type", "\"text_time\""));
        PartKeys.demand(section, "addition_time_embed_dim");
        PartKeys.demand(section, "projection_class_embeddings_input_dim");
        return section.extent("addition_time_embed_dim", 1);
    }

    private static TimeEmbedding time(ConfigSection section, int sinusoids, int sizeDim) {
        return new TimeEmbedding(
                sinusoids,
                section.extent("time_embedding_dim", 4 * sinusoids),
                section.has("time_cond_proj_dim") ? section.extent("time_cond_proj_dim", 1) : 0,
                sizeDim == 0 ? 0 : section.extent("projection_class_embeddings_input_dim", 1),
                PartKeys.activation(section));
    }

    private static List<UNet2DCondition.Level> levels(ConfigSection section, List<Integer> channels) {
        int count = channels.size();
        List<Boolean> down = LevelValues.areOf(
                section,
                "down_block_types",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
                "CrossAttnDownBlock2D",
                "DownBlock2D",
                count);
        List<Boolean> up = LevelValues.areOf(
                section,
                "up_block_types",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
                "CrossAttnUpBlock2D",
                "UpBlock2D",
                count);
        List<Integer> layers = LevelValues.layers(section, "layers_per_block", 2, count);
        // The key's name is wrong: it has always been the number of heads.
        List<Integer> heads = LevelValues.numbers(section, "attention_head_dim", 8, count, MOST_HEADS);
        List<Integer> depths = LevelValues.layers(section, "transformer_layers_per_block", 1, count);
        List<Integer> reversed = new ArrayList<>(depths);
        if (section.has("reverse_transformer_layers_per_block")) {
            reversed = new ArrayList<>(LevelValues.layers(section, "reverse_transformer_layers_per_block", 1, count));
            Collections.reverse(reversed);
        }
        List<UNet2DCondition.Level> levels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (channels.get(i) % heads.get(i) != 0) {
                throw section.unexpected(
                        "attention_head_dim", "divisors of block_out_channels, as it is the number of heads");
            }
            levels.add(new UNet2DCondition.Level(
                    channels.get(i),
                    layers.get(i),
                    heads.get(i),
                    depths.get(i),
                    reversed.get(i),
                    down.get(i),
                    up.get(count - 1 - i)));
        }
        return levels;
    }
}
