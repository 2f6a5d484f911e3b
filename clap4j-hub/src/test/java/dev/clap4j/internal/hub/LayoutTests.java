package dev.clap4j.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The layout of the cache is byte for byte that of Python's huggingface_hub. The listings were made with version 1.33:
 * {@code hf_hub_download} of the same files of the same repository, from a server like this one.
 */
class LayoutTests {
    private static final String OPEN_CLIP = "timm/vit_base_patch16_clip_224.openai";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "links.txt, owner/tiny-clip, 0",
        "copies.txt, owner/tiny-clip, 1",
        "tags.txt, owner/tiny-clip@v1.0 owner/tiny-clip@refs/pr/1, 0",
        "open-clip.txt, ViT-B-16:openai, 0"
    })
    void isThatOfHuggingfaceHub(String golden, String names, String copies) throws IOException {
        try (HubServer server = tiny()) {
            Map<String, String> environment = new HashMap<>();
            environment.put("HF_ENDPOINT", server.endpoint());
            environment.put("HF_HUB_CACHE", folder.resolve("cache").toString());
            environment.put("HF_HUB_DISABLE_SYMLINKS", copies);
            NamedModels models = new NamedModels(HubSettings.of(environment, folder), folder.resolve("own"));
            for (String name : names.split(" ", -1)) {
                assertThat(models.find(name, Progress.NONE)).isDirectory();
            }
        }
        assertThat(CacheListing.of(folder.resolve("cache"))).containsExactlyElementsOf(golden(golden));
    }

    private static HubServer tiny() throws IOException {
        byte[] weights = new byte[5000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) ((i * 7 + 3) % 251);
        }
        return new HubServer()
                .with("owner/tiny-clip", "config.json", "{\"model_type\": \"clip\"}\n")
                .with("owner/tiny-clip", "tokenizer.json", "{\"version\": \"1.0\"}\n")
                .with("owner/tiny-clip", "README.md", "# tiny\n")
                .with("owner/tiny-clip", "model.safetensors", weights)
                .with(OPEN_CLIP, "open_clip_config.json", "{\"model_cfg\": {\"embed_dim\": 512}}\n")
                .with(OPEN_CLIP, "tokenizer.json", "{\"version\": \"1.0\"}\n")
                .with(OPEN_CLIP, "README.md", "# tiny\n")
                .with(OPEN_CLIP, "open_clip_model.safetensors", weights);
    }

    private static List<String> golden(String name) throws IOException {
        try (InputStream in = LayoutTests.class.getResourceAsStream("layout/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }
}
