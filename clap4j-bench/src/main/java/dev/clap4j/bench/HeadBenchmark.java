package dev.clap4j.bench;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Benchmark of a head of ViT-B/16's size on ONNX Runtime with all processors. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeadBenchmark {
    private static final float ALPHA = 0.208f;

    /** The number of features: one image, and a domain of images. */
    @Param({"1", "1024"})
    int rows;

    private FeatureMatrix features;
    private CompiledHead head;

    /** Compiles the head. */
    @Setup
    public void begin() {
        List<String> ids = IntStream.range(0, rows).mapToObj(String::valueOf).toList();
        features = new FeatureMatrix(ids, Samples.DIM, Samples.gaussians(rows * Samples.DIM, 1));
        head = CompiledHead.of(Samples.head(), OrtEngine.create());
    }

    /** Applies the head to all rows. */
    @Benchmark
    public FeatureMatrix apply() {
        return head.apply(features, ALPHA);
    }

    /** Frees the native memory. */
    @TearDown
    public void end() {
        head.close();
    }
}
