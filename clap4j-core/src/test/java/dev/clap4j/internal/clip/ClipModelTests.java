package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipModelTests {
    @TempDir
    private Path folder;

    /** It has no tokenizer, so making the text half ready fails, and says so only to who asks for it. */
    @Test
    void halvesThatArePreparedAreThoseThatAreAskedFor() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        TensorData pixels = TensorData.of("pixels", new float[3 * 32 * 32], 1, 3, 32, 32);
        float[] features;
        try (ClipModel clip = ClipModel.load(folder)) {
            features = clip.images().encoder().encode(pixels);
        }
        try (ClipModel clip = ClipModel.load(folder)) {
            clip.prepare();
            assertThat(clip.images().encoder().encode(pixels)).isEqualTo(features);
            assertThatThrownBy(() -> clip.texts().encode(List.of("a dog")))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("no tokenizer");
        }
    }

    @Test
    void itMayBeClosedWhileItIsPreparing() {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        for (int i = 0; i < 5; i++) {
            ClipModel clip = ClipModel.load(folder);
            clip.prepare();
            clip.close();
        }
    }

    @Test
    void aTokenizerWithoutAStartTokenIsRefused() throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder);
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]},
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"Sequence": {"id": "A"}}, {"SpecialToken": {"id": "b"}}],
                   "special_tokens": {"b": {"id": "b", "ids": [1], "tokens": ["b"]}}}}
                """);
        try (ClipModel clip = ClipModel.load(folder)) {
            assertThatThrownBy(clip::texts)
                    .isInstanceOf(ClapException.class)
                    .hasMessage("The tokenizer in " + folder + " puts no start token or no end token around a text;"
                            + " CLIP's text encoder needs both");
        }
    }
}
