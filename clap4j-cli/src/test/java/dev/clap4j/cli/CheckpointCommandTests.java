package dev.clap4j.cli;

import static dev.clap4j.GoldenModel.RESNET;
import static dev.clap4j.GoldenModel.VIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.SampleVocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointCommandTests {
    @TempDir
    private Path temporary;

    @Test
    void inspectShowsWhatACheckpointIs() {
        Path folder = VIT.file("huggingface");
        CommandRun run = CommandRun.of("checkpoint", "inspect", folder);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out())
                .contains("Hugging Face")
                .contains("image size %d, patch size %d, width %d, layers %d, heads %d, activation quick_gelu"
                        .formatted(
                                VIT.size("image_resolution"),
                                VIT.size("vision_patch_size"),
                                VIT.size("vision_width"),
                                VIT.size("vision_layers"),
                                VIT.size("vision_heads")))
                .contains("context length %d, vocabulary %d, width %d"
                        .formatted(VIT.size("context_length"), VIT.size("vocab_size"), VIT.size("transformer_width")))
                .containsPattern("F32 \\d+")
                .containsPattern("tokenizer +none")
                .contains(folder.resolve("preprocessor_config.json").toString())
                .doesNotContain("resblocks");
    }

    @Test
    void verifyComparesWithPublishedNumbers() throws IOException {
        Path model = TinyModel.write(temporary.resolve("verified"));
        CommandRun run = CommandRun.of("checkpoint", "verify", model);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out()).containsPattern("logit scale +14\\.29 +at most 100 +agrees");
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "clap: all weights are finite; beyond that, only of OpenAI's models are numbers known");
        JsonNode json = new JsonMapper()
                .readTree(CommandRun.of("checkpoint", "verify", "--json", model).out());
        assertThat(json.at("/0/agrees").asBoolean()).isTrue();
    }

    @Test
    void inspectListsTensorsOnRequest() {
        CommandRun run = CommandRun.of("checkpoint", "inspect", "--tensors", RESNET.file("openai"));
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        String blocks = RESNET.config()
                .get("vision_layers")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(", ", "[", "]"));
        int width = 2 * RESNET.size("vision_width");
        assertThat(run.out())
                .containsPattern("visual.layer2.0.conv2.weight +F32 +\\[%d, %d, 3, 3\\]".formatted(width, width))
                .contains("blocks " + blocks);
    }

    @Test
    void inspectPrintsJson() throws IOException {
        CommandRun run = CommandRun.of("checkpoint", "inspect", "--json", "--tensors", VIT.file("openai"));
        JsonNode root = new JsonMapper().readTree(run.out());
        assertThat(root.at("/layout").asText()).isEqualTo("OpenAI");
        assertThat(root.at("/vision/image_size").asInt()).isEqualTo(VIT.size("image_resolution"));
        assertThat(root.at("/fingerprint").asText()).matches("[0-9a-f]{32}");
        assertThat(root.at("/tokenizer").size()).isZero();
        assertThat(root.at("/tensors/0/name").asText()).isEqualTo("token_embedding.weight");
        assertThat(root.at("/tensors/0/shape/0").asInt()).isEqualTo(VIT.size("vocab_size"));
    }

    @Test
    void randomWritesACheckpointThatInspectReads() throws IOException {
        Path folder = temporary.resolve("with space/tiny");
        Path vocabulary = SampleVocabulary.file();
        CommandRun random = CommandRun.of(
                "checkpoint", "random", "--architecture", "tiny", "--seed", 1, "--vocab", vocabulary, "--out", folder);
        assertThat(random.err()).isEqualTo("Wrote an untrained tiny to " + folder + System.lineSeparator());
        assertThat(random.exitCode()).isEqualTo(Clap.DONE);
        JsonNode root = new JsonMapper()
                .readTree(
                        CommandRun.of("checkpoint", "inspect", "--json", folder).out());
        assertThat(root.at("/layout").asText()).isEqualTo("open_clip");
        assertThat(root.at("/tokenizer/0").asText()).endsWith("bpe_simple_vocab_16e6.txt.gz");

        CommandRun again =
                CommandRun.of("checkpoint", "random", "--architecture", "tiny", "--seed", 2, "--out", folder);
        assertThat(again.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(again.err())
                .isEqualToIgnoringNewLines("clap: The folder " + folder + " holds a model already,"
                        + " open_clip_model.safetensors; choose a new or empty folder, or delete the model first");
    }

    @Test
    void randomSaysWhatItWroteInJson() throws IOException {
        Path folder = temporary.resolve("random");
        CommandRun run = CommandRun.of("checkpoint", "random", "--architecture", "tiny", "--out", folder, "--json");
        assertThat(run.err()).isEmpty();
        assertThat(new JsonMapper().readTree(run.out()).at("/folder").asText()).isEqualTo(folder.toString());
    }

    @Test
    void anUnknownArchitectureIsWrongUse() {
        CommandRun run = CommandRun.of("checkpoint", "random", "--architecture", "ViT-B/8", "--out", temporary);
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err())
                .startsWith(
                        "clap: There is no architecture \"ViT-B/8\" (did you mean ViT-B/32?); known architectures are ViT-B/32");
    }

    @Test
    void withoutASubcommandItIsWrongUse() {
        assertThat(CommandRun.of("checkpoint").exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(CommandRun.of("checkpoint", "inspect").exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
