package dev.clap4j.fuzz.stress;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.LearnedWords;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.io.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A use of a model that takes more than one run of a network. */
enum Use {
    /** Texts, enough of them to be tokenized on several threads. */
    TEXTS {
        @Override
        float[] of(ClipModel clip, StressModel model) {
            return clip.texts().encode(MANY).values();
        }
    },

    /** Texts with a learned word. */
    WORDS {
        @Override
        float[] of(ClipModel clip, StressModel model) {
            float[] vector = new float[clip.texts().contextWidth()];
            Arrays.fill(vector, 0.01f);
            return new LearnedWords(clip.texts(), Map.of("S*1", new float[][] {vector}))
                    .encode(List.of("a S*1 dog", "a cat", "S*1"))
                    .values();
        }
    },

    /** Image files. */
    IMAGES {
        @Override
        float[] of(ClipModel clip, StressModel model) {
            return clip.images().encode(model.images()).values();
        }
    },

    /** Images that are already preprocessed, in several batches. */
    PIXELS {
        @Override
        float[] of(ClipModel clip, StressModel model) {
            int size = clip.checkpoint().architecture().vision().imageSize();
            float[] pixels = new float[BATCHES * 3 * size * size];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = i % 13 / 13f;
            }
            return PreparedInputs.encodePixels(clip, TensorData.of("pixels", pixels, BATCHES, 3, size, size))
                    .values();
        }
    };

    private static final int BATCHES = 40;
    private static final List<String> MANY = IntStream.range(0, 300)
            .mapToObj(i -> "a photo of a dog and cat " + i)
            .toList();

    /** Returns all features in one row. */
    abstract float[] of(ClipModel clip, StressModel model);
}
