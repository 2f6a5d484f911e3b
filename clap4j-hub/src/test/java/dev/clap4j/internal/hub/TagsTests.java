package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.checkpoint.Architectures;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagsTests {
    @TempDir
    private Path folder;

    private HubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path find(String name) {
        Map<String, String> environment = Map.of("HF_ENDPOINT", server.endpoint());
        return NamedModels.of(environment, folder, Duration.ofMillis(1)).find(name, Progress.NONE);
    }

    @Test
    void everyTagHasARepositoryAndAConfiguration() {
        Set<String> seen = new HashSet<>();
        assertThat(Tags.published().all()).hasSize(169).allSatisfy(tag -> {
            assertThat(seen.add(tag.toString())).isTrue();
            assertThat(Repository.parse(tag.repository())).isPresent();
            JsonNode config = Tags.published().configuration(tag);
            assertThat(config.at("/model_cfg/embed_dim").isInt()).as("%s", tag).isTrue();
            assertThat(config.at("/model_cfg/vision_cfg").isObject()).isTrue();
            assertThat(config.at("/model_cfg/text_cfg").isObject()).isTrue();
            assertThat(config.at("/preprocess_cfg/mean")).hasSize(3);
            assertThat(config.at("/preprocess_cfg/std")).hasSize(3);
        });
    }

    @Test
    void everyConfigurationIsUnderstood() throws IOException {
        for (PublishedTag tag : Tags.published().all()) {
            if (tag.architecture().contains("-worldwide")) {
                continue; // larger than can be read
            }
            Path config = folder.resolve("open_clip_config.json");
            Files.writeString(config, Tags.published().configuration(tag).toString());
            ClipArchitecture architecture = Architectures.find(config.toString());
            Preprocessing.load(config, architecture.vision().imageSize());
        }
    }

    @Test
    void modelsBeyondJavasBuffersAreNotDownloaded() {
        List<PublishedTag> large = Tags.published().all().stream()
                .filter(tag -> tag.architecture().contains("-worldwide"))
                .toList();
        assertThat(large).hasSize(4).allSatisfy(tag -> assertThatThrownBy(() -> find(tag.toString()))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(
                        tag + " cannot be loaded, so it is not downloaded: open_clip_config.json describes a"
                                + " model whose tensor token_embedding.weight of the shape [901629, 1")
                .hasMessageEndingWith(" GiB; at most 2 GiB can be read"));
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ViT-B-16, openai, timm/vit_base_patch16_clip_224.openai, true",
        "ViT-B-16-quickgelu, openai, timm/vit_base_patch16_clip_224.openai, true",
        "ViT-B-16, laion2b-S34B-b88k, laion/CLIP-ViT-B-16-laion2B-s34B-b88K, false",
        "ViT-H-14-378, dfn5b, apple/DFN5B-CLIP-ViT-H-14-378, true",
        "ViTamin-L-336, datacomp1b, jienengchen/ViTamin-L-336px, false"
    })
    void areFoundAsInOpenClip(String architecture, String tag, String repository, boolean quick) {
        PublishedTag found = Tags.published().find(architecture, tag);
        assertThat(found.repository()).isEqualTo(repository);
        assertThat(found.quickGelu()).isEqualTo(quick);
        assertThat(Tags.published()
                        .configuration(found)
                        .at("/model_cfg/quick_gelu")
                        .asBoolean())
                .isEqualTo(quick);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ViT-B-61:openai | open_clip publishes no architecture ViT-B-61 (did you mean ViT-B-16?)
            ViT-L-14-336:openia | open_clip publishes no weights openia of ViT-L-14-336 (did you mean openai?); there are openai
            ViT-B-32-256-quickgelu:datacomp_s34b_b86k | open_clip publishes no architecture ViT-B-32-256-quickgelu (did you mean ViT-B-32-256?)
            """)
    void unknownNames(String name, String message) {
        assertThatThrownBy(() -> find(name)).isInstanceOf(ClapException.class).hasMessage(message);
    }

    @Test
    void aTagBringsItsConfiguration() throws IOException {
        String repository = "timm/vit_base_patch16_clip_224.openai";
        server.with(repository, "config.json", "{\"architecture\": \"vit_base_patch16_clip_224\"}")
                .with(repository, "model.safetensors", new byte[10])
                .with(repository, "open_clip_model.safetensors", new byte[20])
                .with(repository, "open_clip_config.json", "{\"model_cfg\": {}}")
                .with(repository, "tokenizer.json", "{}");
        Path model = find("ViT-B-16:openai");
        assertThat(model).hasFileName("ViT-B-16-openai");
        assertThat(model.toFile().list())
                .containsExactlyInAnyOrder("open_clip_config.json", "open_clip_model.safetensors", "tokenizer.json");
        assertThat(model.resolve("open_clip_model.safetensors")).hasBinaryContent(new byte[20]);
        JsonNode config = JsonText.readObject(model.resolve("open_clip_config.json"), 1 << 20);
        assertThat(config.at("/model_cfg/quick_gelu").asBoolean()).isTrue();
        assertThat(config.at("/model_cfg/vision_cfg/patch_size").asInt()).isEqualTo(16);
        assertThat(config.at("/preprocess_cfg/mean/0").asDouble()).isEqualTo(0.48145466);
        assertThat(find("ViT-B-16:openai")).isEqualTo(model);
        assertThat(find("ViT-B-16:openai").resolve("tokenizer.json")).exists();
    }

    @Test
    void aTokenizerIsTakenFromWhereTheArchitectureSays() throws IOException {
        server.with("jienengchen/ViTamin-S", "pytorch_model.bin", new byte[20])
                .with("jienengchen/ViTamin-S", "config.json", "{}")
                .with("openai/clip-vit-base-patch32", "tokenizer.json", "{\"openai\": 1}")
                .with("openai/clip-vit-base-patch32", "model.safetensors", new byte[30])
                .with("UCSC-VLAA/ViT-L-14-CLIPA-datacomp1B", "open_clip_pytorch_model.bin", new byte[40])
                .with("bert-base-uncased", "config.json", "{\"model_type\": \"bert\"}")
                .with("bert-base-uncased", "tokenizer.json", "{\"bert\": 1}")
                .with("bert-base-uncased", "vocab.txt", "[PAD]");
        assertThat(find("ViTamin-S:datacomp1b").resolve("tokenizer.json")).hasContent("{\"openai\": 1}");
        assertThat(find("ViTamin-S:datacomp1b").resolve("pytorch_model.bin")).hasBinaryContent(new byte[20]);
        assertThat(find("ViT-L-14-CLIPA:datacomp1b").resolve("vocab.txt")).hasContent("[PAD]");
        assertThat(find("ViT-L-14-CLIPA:datacomp1b").resolve("config.json")).hasContent("{\"model_type\": \"bert\"}");
        assertThat(find("ViTamin-S:datacomp1b").resolve("config.json")).doesNotExist();
        assertThat(server.deliveries("model.safetensors")).isEmpty();
    }
}
