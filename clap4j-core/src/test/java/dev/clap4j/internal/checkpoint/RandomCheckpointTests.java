package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ClapException;
import dev.clap4j.SampleVocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RandomCheckpointTests {
    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny-RN"})
    void whatIsWrittenIsRead(String architecture) {
        Path folder = temporary.resolve("new");
        RandomCheckpoint.write(architecture, 1, Optional.empty(), folder);
        Checkpoint checkpoint = Checkpoint.open(folder);
        checkpoint.verify();
        assertThat(checkpoint.architecture()).isEqualTo(Architectures.named(architecture));
        assertThat(checkpoint.layout()).isEqualTo(Layout.OPEN_CLIP);
        assertThat(checkpoint.tokenizerFiles()).isEmpty();
        assertThat((double) checkpoint.expLogitScale()).isCloseTo(1 / 0.07, within(1e-5));
    }

    @Test
    void theSameSeedGivesTheSameFiles() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), temporary.resolve("a"));
        RandomCheckpoint.write("tiny", 1, Optional.empty(), temporary.resolve("b"));
        RandomCheckpoint.write("tiny", 2, Optional.empty(), temporary.resolve("c"));
        assertThat(Files.mismatch(weights("a"), weights("b"))).isEqualTo(-1);
        assertThat(Checkpoint.open(temporary.resolve("c")).fingerprint())
                .isNotEqualTo(Checkpoint.open(temporary.resolve("a")).fingerprint());
    }

    private Path weights(String folder) {
        return temporary.resolve(folder).resolve("open_clip_model.safetensors");
    }

    /** The standard deviations that OpenAI's code draws with; of a uniform distribution, bound/√3. */
    @ParameterizedTest
    @CsvSource({
        "tiny, token_embedding.weight, 0.02",
        "tiny, positional_embedding, 0.01",
        "tiny, text_projection, 0.125", // 64^-0.5
        "tiny, transformer.resblocks.1.attn.in_proj_weight, 0.125",
        "tiny, transformer.resblocks.1.mlp.c_proj.weight, 0.0625", // 64^-0.5 · 4^-0.5
        "tiny, transformer.resblocks.1.mlp.c_fc.weight, 0.0883883", // 128^-0.5
        "tiny, visual.proj, 0.125",
        "tiny, visual.conv1.weight, 0.0416667", // (3·192)^-0.5
        "tiny, visual.transformer.resblocks.0.attn.in_proj_weight, 0.0883883", // (2/256)^0.5
        "tiny, visual.transformer.resblocks.0.mlp.c_proj.weight, 0.0360844", // (3·256)^-0.5
        "tiny-RN, visual.attnpool.k_proj.weight, 0.0883883", // 128^-0.5
    })
    void weightsSpreadAsInTheReference(String architecture, String tensor, double deviation) {
        RandomCheckpoint.write(architecture, 3, Optional.empty(), temporary.resolve("spread"));
        float[] values = Checkpoint.open(temporary.resolve("spread"))
                .weights()
                .get(tensor)
                .toFloats();
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        // Four standard errors of a standard deviation and of a mean; a normal distribution's are the larger ones.
        double n = values.length;
        assertThat(Math.sqrt(squares / n)).isCloseTo(deviation, within(4 * deviation / Math.sqrt(2 * n)));
        assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    }

    @Test
    void residualBlocksStartAsTheIdentity() {
        RandomCheckpoint.write("tiny-RN", 3, Optional.empty(), temporary.resolve("rn"));
        var weights = Checkpoint.open(temporary.resolve("rn")).weights();
        assertThat(weights.get("visual.layer2.0.bn3.weight").toFloats()).containsOnly(0);
        assertThat(weights.get("visual.bn3.weight").toFloats()).containsOnly(1);
        assertThat(weights.get("visual.layer2.0.bn3.running_var").toFloats()).containsOnly(1);
    }

    @Test
    void aVocabularyIsCopiedUnderItsName() throws IOException {
        Path compressed = SampleVocabulary.file();
        Path plain = temporary.resolve("merges.txt");
        byte[] text;
        try (var in = new GZIPInputStream(Files.newInputStream(compressed))) {
            text = in.readAllBytes();
        }
        Files.write(plain, text);
        for (Path vocabulary : Arrays.asList(compressed, plain)) {
            Path folder = temporary.resolve("with-" + vocabulary.getFileName());
            RandomCheckpoint.write("tiny", 1, Optional.of(vocabulary), folder);
            Path copy = folder.resolve("bpe_simple_vocab_16e6.txt.gz");
            assertThat(Checkpoint.open(folder).tokenizerFiles()).containsExactly(copy);
            try (var in = new GZIPInputStream(Files.newInputStream(copy))) {
                assertThat(in.readAllBytes()).isEqualTo(text);
            }
        }
    }

    @Test
    void whatIsNoVocabularyIsRefusedBeforeAnythingIsWritten() throws IOException {
        Path notes = Files.writeString(temporary.resolve("notes.txt"), "nothing of the kind");
        Path folder = temporary.resolve("new");
        assertThatThrownBy(() -> RandomCheckpoint.write("tiny", 1, Optional.of(notes), folder))
                .isInstanceOf(ClapException.class)
                .hasMessage(
                        notes + " is not a vocabulary: expected OpenAI's bpe_simple_vocab_16e6.txt, compressed or not,"
                                + " or a tokenizer.json");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aFolderWithOtherFilesIsLeftAlone() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("used"));
        Files.writeString(folder.resolve("model.safetensors"), "precious");
        assertThatThrownBy(() -> RandomCheckpoint.write("tiny", 1, Optional.empty(), folder))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("model.safetensors");
    }

    @Test
    void anUnknownArchitectureIsNamedTogetherWithTheKnown() {
        assertThatThrownBy(() -> Architectures.named("ViT-X/1"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(
                        "There is no architecture \"ViT-X/1\" (did you mean ViT-B/16?); known architectures are ViT-B/32, ViT-B/16, ViT-L/14,"
                                + " ViT-L/14@336px, RN50, RN101, RN50x4, RN50x16, RN50x64, mini, tiny, tiny-RN, SigLIP-B/16,");
    }
}
