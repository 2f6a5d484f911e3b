package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Texts are part of the fingerprints in heads' files, so they must stay as they are in {@code architecture-texts.txt}. */
class ArchitectureTextTests {
    @Test
    void everyFamilyIsDescribedAsEver() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (String line : resource().lines().toList()) {
            String name = line.substring(0, line.indexOf('\t'));
            expected.put(name, line.substring(line.indexOf('\t') + 1));
            found.put(name, ArchitectureText.of(Architectures.named(name)));
        }
        assertThat(found).isEqualTo(expected);
        assertThat(expected)
                .containsKeys("ViT-B/16", "RN50")
                .containsKeys(Architectures.names().stream()
                        .filter(name -> name.matches("tiny-[A-Z].*"))
                        .toArray(String[]::new));
    }

    private static String resource() throws IOException {
        try (InputStream in = ArchitectureTextTests.class.getResourceAsStream("architecture-texts.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
