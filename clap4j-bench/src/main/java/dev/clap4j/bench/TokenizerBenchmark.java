package dev.clap4j.bench;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.prompt.PromptLanguage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Benchmark of the mini CLIP's tokenizer on the 480 prompts of a class. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TokenizerBenchmark {
    private final List<String> prompts = PromptLanguage.ENGLISH.templates("giraffe");
    private ClipTokenizer tokenizer;

    /** Loads the vocabulary. */
    @Setup
    public void begin() {
        tokenizer = ClipModel.tokenizer(MiniClip.open(CacheFolder.ofUser()));
    }

    /** Encodes all prompts. */
    @Benchmark
    public List<int[]> encode() {
        return tokenizer.encodeAll(prompts, Overflow.ERROR);
    }
}
