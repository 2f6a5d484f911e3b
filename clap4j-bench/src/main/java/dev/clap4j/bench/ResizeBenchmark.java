package dev.clap4j.bench;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PillowResize;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.Resampling;
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

/** Benchmark of CLIP's bicubic resize of a square RGB image to 224 × 224, with results identical to Pillow's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResizeBenchmark {
    private static final int TARGET = 224;

    /** The side in pixels: PACS's images, and a photograph. */
    @Param({"227", "1024"})
    int size;

    private Bitmap image;

    /** Creates the image. */
    @Setup
    public void begin() {
        image = Bitmap.of(PixelMode.RGB, size, size, Samples.bytes(size * size * 3, 1));
    }

    /** Resizes one image. */
    @Benchmark
    public Bitmap resize() {
        return PillowResize.resize(image, TARGET, TARGET, Resampling.BICUBIC);
    }
}
