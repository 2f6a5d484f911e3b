package dev.clap4j.bench;

import dev.clap4j.head.Head;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.training.HeadFit;
import dev.clap4j.training.objective.ClapObjective;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.objective.ImAugObjective;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** Benchmark of a training step (forward pass, NT-Xent, backward pass and Adam) of a head of ViT-B/16's size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FitBenchmark {
    /** The number of batches in rotation, so that none becomes easy. */
    private static final int BATCHES = 16;

    /** The batch size: 8 for PACS and VLCS, 96 for OfficeHome, 345 for DomainNet. */
    @Param({"8", "96", "345"})
    int batch;

    /** The objective, with three rows per sample or two. */
    @Param({"clap", "im-aug"})
    String objective;

    private final TensorData[] features = new TensorData[BATCHES];
    private HeadFit fit;
    private int step;

    /** Creates the fit. */
    @Setup
    public void begin() {
        boolean clap = objective.equals(ClapObjective.NAME);
        HeadObjective minimised = clap ? ClapObjective.official(0.5, 1, 1) : ImAugObjective.official();
        int rows = minimised.blocks() * batch;
        for (int i = 0; i < BATCHES; i++) {
            features[i] = TensorData.of("batch", Samples.gaussians(rows * Samples.DIM, i), rows, Samples.DIM);
        }
        Head head = Samples.head();
        fit = new HeadFit(HeadAccess.network(head), HeadAccess.weights(head), minimised, 1e-4, batch);
    }

    /** Runs one step. */
    @Benchmark
    public double step() {
        return fit.step(features[step++ % BATCHES]).total();
    }
}
