package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.zoo.ZooModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published configurations: names and shapes of all tensors follow from them. */
class PublishedConfigurationsTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("models")
    void aModelsTensorsFollowFromItsConfiguration(ZooModel model) throws IOException {
        Map<String, List<Long>> expected = new TreeMap<>();
        model.tensors().forEach(tensor -> expected.put(tensor.name(), list(tensor.shape())));
        Naming naming = Naming.of(expected.keySet()).orElseThrow();
        Map<String, List<Long>> actual = new TreeMap<>();
        ModelConfig config = read(model);
        config.architecture().shapes().asMap().forEach((tensor, shape) -> naming.recipe(tensor)
                .sourceShapes(shape)
                .forEach((source, stored) -> actual.put(source, list(stored))));
        expected.keySet().removeIf(config::isUnused);
        // Scalars may be stored as vectors of one element.
        for (Map<String, List<Long>> shapes : List.of(expected, actual)) {
            shapes.replaceAll((tensor, shape) -> tensor.startsWith("logit_") ? List.of() : shape);
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static List<Long> list(long... shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    static List<ZooModel> models() {
        return ZooModel.all();
    }

    /** As Transformers 4.15 wrote them: every option of its base class, in both parts. */
    @Test
    void oldFilesOfManyKeysAreRead() throws IOException {
        String part = """
                "_name_or_path": "", "add_cross_attention": false, "architectures": null, "attention_dropout": 0.0,
                "bad_words_ids": null, "bos_token_id": 0, "chunk_size_feed_forward": 0,
                "cross_attention_hidden_size": null, "decoder_start_token_id": null, "diversity_penalty": 0.0,
                "do_sample": false, "dropout": 0.0, "early_stopping": false, "encoder_no_repeat_ngram_size": 0,
                "eos_token_id": 2, "finetuning_task": null, "forced_bos_token_id": null, "forced_eos_token_id": null,
                "hidden_act": "quick_gelu", "id2label": {"0": "LABEL_0", "1": "LABEL_1"}, "initializer_factor": 1.0,
                "initializer_range": 0.02, "is_decoder": false, "is_encoder_decoder": false,
                "label2id": {"LABEL_0": 0, "LABEL_1": 1}, "layer_norm_eps": 1e-05, "length_penalty": 1.0,
                "max_length": 20, "min_length": 0, "no_repeat_ngram_size": 0, "num_beam_groups": 1, "num_beams": 1,
                "num_return_sequences": 1, "output_attentions": false, "output_hidden_states": false,
                "output_scores": false, "pad_token_id": 1, "prefix": null, "problem_type": null, "projection_dim": 512,
                "pruned_heads": {}, "remove_invalid_values": false, "repetition_penalty": 1.0, "return_dict": true,
                "return_dict_in_generate": false, "sep_token_id": null, "task_specific_params": null,
                "temperature": 1.0, "tie_encoder_decoder": false, "tie_word_embeddings": true,
                "tokenizer_class": null, "top_k": 50, "top_p": 1.0, "torch_dtype": null, "torchscript": false,
                "transformers_version": "4.16.0.dev0", "use_bfloat16": false""";
        Path file = Files.writeString(folder.resolve("config.json"), """
                {"_name_or_path": "clip-vit-base-patch32/", "architectures": ["CLIPModel"], "initializer_factor": 1.0,
                 "logit_scale_init_value": 2.6592, "model_type": "clip", "projection_dim": 512, "torch_dtype": "float32",
                 "transformers_version": null,
                 "text_config": {"model_type": "clip_text_model", %s},
                 "text_config_dict": null,
                 "vision_config": {"model_type": "clip_vision_model", "num_channels": 3, %s},
                 "vision_config_dict": null}
                """.formatted(part, part));
        assertThat(HuggingFaceConfig.read(file).architecture()).isEqualTo(Architectures.named("ViT-B/32"));
    }

    private ModelConfig read(ZooModel model) throws IOException {
        Path file = model.writeConfiguration(folder);
        return model.isHuggingFace() ? HuggingFaceConfig.read(file) : OpenClipConfig.read(file);
    }
}
