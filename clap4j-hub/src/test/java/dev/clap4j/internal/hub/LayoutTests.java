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
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"links.txt, main, 0", "copies.txt, main, 1", "tags.txt, v1.0 refs/pr/1, 0"})
    void isThatOfHuggingfaceHub(String golden, String revisions, String copies) throws IOException {
        try (HubServer server = tiny()) {
            Map<String, String> environment = new HashMap<>();
            environment.put("HF_ENDPOINT", server.endpoint());
            environment.put("HF_HUB_CACHE", folder.resolve("cache").toString());
            environment.put("HF_HUB_DISABLE_SYMLINKS", copies);
            NamedModels models = new NamedModels(HubSettings.of(environment, folder), folder.resolve("own"));
            for (String revision : revisions.split(" ", -1)) {
                Path snapshot = models.find("owner/tiny-clip@" + revision, Progress.NONE);
                assertThat(snapshot).isDirectory().hasFileName(HubServer.COMMIT);
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
                .with("owner/tiny-clip", "model.safetensors", weights);
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
