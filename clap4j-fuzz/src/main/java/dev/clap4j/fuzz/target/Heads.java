package dev.clap4j.fuzz.target;

import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.fuzz.mutation.Input;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Heads of both kinds, and features. */
final class Heads {
    private static final ResidualMlp NETWORK = new ResidualMlp(4, 3, 4, 1, Activation.SILU);
    private static final HeadInfo INFO = new HeadInfo(
            0.5f, "small", "", List.of("dog", "cat"), "clap", Map.of("lr", "1e-4"), 7L, Map.of("clap4j", "0.1"));

    private Heads() {}

    private static List<TensorData> weights(String prefix) {
        List<TensorData> weights = new ArrayList<>();
        NETWORK.shapes().asMap().forEach((name, shape) -> {
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            Arrays.fill(values, 0.25f);
            weights.add(TensorData.of(prefix + name, values, shape));
        });
        return weights;
    }

    static List<Input> ours() {
        return List.of(
                Input.of("head.safetensors", Bits.file("head", folder -> HeadAccess.of(NETWORK, INFO, weights(""))
                        .save(folder.resolve("head")))));
    }

    static List<Input> authors() {
        return List.of(Input.of("head.pth", TensorFiles.torch(weights("network_beta."))));
    }

    /** Reads a head and applies it. */
    static void apply(Path file) {
        Head head = Head.load(file);
        head.fingerprint();
        int dim = HeadAccess.network(head).inDim();
        head.apply(
                new FeatureMatrix(List.of("a"), dim, new float[dim]),
                head.info().alpha());
    }

    static List<Input> features() {
        FeatureMatrix features =
                new FeatureMatrix(List.of("a.png", "b/ü.png"), 4, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
        return List.of(
                Input.of(
                        "features.safetensors",
                        Bits.file(
                                "f.safetensors",
                                folder -> FeatureFiles.save(features, folder.resolve("f.safetensors")))),
                Input.of(
                        "features.safetensors",
                        TensorFiles.safetensors(Map.of(), List.of(TensorData.of("x", new float[6], 2, 3)))));
    }

    static void readFeatures(Path file) {
        FeatureFiles.load(file.toString()).normalised();
    }
}
