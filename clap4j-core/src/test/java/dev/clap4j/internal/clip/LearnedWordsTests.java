package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Numbers;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learned word whose vectors are those of ordinary words is encoded as they are. */
class LearnedWordsTests {
    /** The same numbers go in; batches of another composition may round otherwise. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    static Path folder;

    private static ClipModel clip;
    private static LearnedWords words;

    @BeforeAll
    static void makeModel() {
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), folder);
        clip = ClipModel.load(folder);
        float[][] redWatercolor = embeddings("red watercolor");
        words = new LearnedWords(clip.texts(), Map.of("S*1", redWatercolor, "S*2", embeddings("photo")));
    }

    @AfterAll
    static void close() {
        if (clip != null) {
            clip.close();
        }
    }

    private static float[][] embeddings(String text) {
        int[] ids = clip.texts().tokenizer().encode(text, Overflow.ERROR);
        float[] table =
                clip.checkpoint().weights().get("token_embedding.weight").toFloats();
        int width = clip.texts().contextWidth();
        return Arrays.stream(ids, 1, ids.length - 1)
                .mapToObj(id -> Arrays.copyOfRange(table, id * width, (id + 1) * width))
                .toArray(float[][]::new);
    }

    @Test
    void standsWhereItIsWritten() {
        List<String> learned = List.of("a S*1 style of a dog", "S*2", "a dog in a S*2 style S*1", "a plain dog");
        List<String> ordinary = List.of(
                "a red watercolor style of a dog", "photo", "a dog in a photo style red watercolor", "a plain dog");
        Numbers.assertClose(
                words.encode(learned).values(), clip.texts().encode(ordinary).values(), TOLERANCE);
        assertThat(words.encode(learned).ids()).isEqualTo(learned);
    }

    @Test
    void noiseStandsAroundIt() {
        float[][] noise = new float[4][clip.texts().contextWidth()];
        noise[0][0] = 1;
        noise[1][1] = 2;
        noise[2][2] = 3;
        noise[3][3] = 4;
        for (ContextPosition position : ContextPosition.values()) {
            Numbers.assertClose(
                    words.encodeWithContext(List.of(new ContextText("a S*1 dog", noise, position)))
                            .values(),
                    clip.texts()
                            .encodeWithContext(List.of(new ContextText("a red watercolor dog", noise, position)))
                            .values(),
                    TOLERANCE);
        }
    }

    @Test
    void textsThatAreTooLongAreRefusedOrCut() {
        String text = "dog ".repeat(74) + "S*1";
        assertThatThrownBy(() -> words.encode(List.of(text)))
                .isInstanceOf(ClapException.class)
                .hasMessage("The text \"" + text + "\" has 78 tokens with the start and end token, the model takes 77."
                        + " Shorten it, or have it truncated");
        try (ClipModel cutting = ClipModel.of(Checkpoint.open(folder), OrtEngine.create(), Overflow.TRUNCATE)) {
            LearnedWords cut = new LearnedWords(cutting.texts(), Map.of("S*1", embeddings("red watercolor")));
            Numbers.assertClose(
                    cut.encode(List.of(text)).values(),
                    cutting.texts().encode(List.of("dog ".repeat(74) + "red")).values(),
                    TOLERANCE);
        }
    }
}
