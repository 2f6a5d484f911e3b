package dev.clap4j.cli;

import dev.clap4j.SampleVocabulary;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An untrained model with OpenAI's vocabulary, and heads for it: enough for every step, if not for good answers. */
final class TinyModel {
    /** The dimension of its features. */
    static final int DIM = 64;

    private TinyModel() {}

    /** Writes the model. */
    static Path write(Path folder) {
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), folder);
        return folder;
    }

    /** Writes a head with random weights. */
    static Path writeHead(Path file, float alpha) {
        return writeHead(file, alpha, "template");
    }

    /** Writes a head with random weights that was trained on some source of prompts. */
    static Path writeHead(Path file, float alpha, String prompts) {
        ResidualMlp network = new ResidualMlp(DIM, 16, DIM, 0, Activation.SILU);
        Random random = new Random(1);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            int size = 1;
            for (long extent : shape) {
                size *= (int) extent;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextGaussian() / 4;
            }
            weights.add(TensorData.of(name, values, shape));
        });
        HeadInfo info = new HeadInfo(alpha, "tiny", "", List.of(), "", Map.of("prompts", prompts), null, Map.of());
        HeadAccess.of(network, info, weights).save(file);
        return file;
    }
}
