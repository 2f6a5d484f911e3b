package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.checkpoint.PublishedNumbers.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedNumbersTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ViT-B/32",
                "ViT-B/16",
                "ViT-L/14",
                "ViT-L/14@336px",
                "RN50",
                "RN101",
                "RN50x4",
                "RN50x16",
                "RN50x64"
            })
    void architecturesHaveTheReleasedModelsParameters(String name) {
        long counted = Architectures.named(name).shapes().asMap().entrySet().stream()
                .filter(tensor -> !tensor.getKey().contains(".running_"))
                .mapToLong(tensor -> Arrays.stream(tensor.getValue()).reduce(1, (a, b) -> a * b))
                .sum();
        assertThat(PublishedNumbers.parameters(name)).contains(counted);
    }

    @Test
    void ofOtherModelsOnlyTheBoundIsKnown() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        assertThat(PublishedNumbers.of(Checkpoint.open(folder)))
                .containsExactly(new Check("logit scale", "14.29", "at most 100", true));
    }

    @Test
    void sigmoidsHaveNoBound() {
        RandomCheckpoint.write("tiny-SigLIP", 1, Optional.empty(), folder);
        assertThat(PublishedNumbers.of(Checkpoint.open(folder))).isEmpty();
    }

    @Test
    @Tag("slow")
    void aModelOfOpenAisSize() {
        RandomCheckpoint.write("RN50", 1, Optional.empty(), folder);
        List<Check> checks = PublishedNumbers.of(Checkpoint.open(folder));
        assertThat(checks).extracting(Check::name).containsExactly("parameters", "logit scale");
        assertThat(checks).allMatch(Check::agrees);
        assertThat(checks.get(0).found()).isEqualTo("102,007,137");
    }

    /** FIPS 180-2 gives the hash of these three letters. */
    @Test
    void hashesOfFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("ViT-B-32.pt"), "abc");
        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(PublishedNumbers.ofFile(file, hash).agrees()).isTrue();
        assertThat(PublishedNumbers.ofFile(file, hash.replace('b', 'c')).agrees())
                .isFalse();
    }
}
