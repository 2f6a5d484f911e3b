package dev.clap4j.fuzz.stress;

import dev.clap4j.Progress;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TemporaryFolder;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * A stress test: threads open, use, close and swap models and heads, concurrently and at random. Every answer must be correct,
 * or say that the resource is closed.
 *
 * <pre>java -Xcheck:jni -cp … dev.clap4j.fuzz.stress.Stress SECONDS THREADS</pre>
 */
public final class Stress {
    private static final int MOMENTS = 12;
    private static final int DIM = 8;
    private static final int ROWS = 20_000;

    private static final List<Use> USES = List.copyOf(EnumSet.allOf(Use.class));

    private final List<StressModel> models;
    private final AtomicReference<Live> live;
    private final AtomicReference<CompiledHead> liveHead;
    private final Head head = head();
    private final FeatureMatrix features =
            new FeatureMatrix(Collections.nCopies(ROWS, "row"), DIM, new float[ROWS * DIM]);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final LongAdder right = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder opened = new LongAdder();

    private Stress(List<StressModel> models) {
        this.models = models;
        this.live = new AtomicReference<>(open(0));
        this.liveHead = new AtomicReference<>(CompiledHead.of(head, OrtEngine.create(2)));
    }

    /** The model shared by all threads. */
    private record Live(ClipModel clip, StressModel model) {}

    /**
     * The result of a run.
     *
     * @param right number of correct answers
     * @param closed number of calls rejected because the resource was closed
     * @param opened number of models opened
     * @param memory measurements at equal intervals, the last after everything was closed
     */
    public record Report(long right, long closed, long opened, List<Memory> memory) {}

    /** Runs for a number of seconds on a number of threads. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[0]));
        Report report = run(time, Integer.parseInt(arguments[1]), System.out);
        System.out.println(report.right + " right answers, " + report.closed + " refusals, " + report.opened
                + " models opened; no failure");
    }

    /**
     * Runs the stress test.
     *
     * @param out receives memory measurements
     * @throws AssertionError if an answer was wrong, or a call failed for any reason but a closed resource
     */
    public static Report run(Duration time, int threads, PrintStream out) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return new Stress(StressModel.write(folder.path())).begin(time, threads, out);
        }
    }

    private Report begin(Duration time, int threads, PrintStream out) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(i);
            pool.execute(() -> work(random, end));
        }
        List<Memory> memory = new ArrayList<>();
        for (int moment = 1; moment <= MOMENTS; moment++) {
            long until = end - time.toNanos() * (MOMENTS - moment) / MOMENTS;
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
            memory.add(Memory.now());
            out.println(time.toSeconds() * moment / MOMENTS + " s: " + memory.get(memory.size() - 1));
        }
        pool.shutdown();
        if (!pool.awaitTermination(5, TimeUnit.MINUTES)) {
            throw new AssertionError("A thread hangs");
        }
        live.get().clip.close();
        liveHead.get().close();
        if (failure.get() != null) {
            throw new AssertionError("A call failed", failure.get());
        }
        memory.add(Memory.now());
        return new Report(right.sum(), closed.sum(), opened.sum(), memory);
    }

    private void work(SplittableRandom random, long end) {
        while (System.nanoTime() < end && failure.get() == null) {
            try {
                act(random);
            } catch (IllegalStateException e) {
                if (!String.valueOf(e.getMessage()).endsWith(" is closed")) {
                    failure.compareAndSet(null, e);
                }
                closed.increment();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    private void act(SplittableRandom random) {
        int chance = random.nextInt(100);
        if (chance < 55) {
            Live used = live.get();
            use(used, random);
        } else if (chance < 65) {
            Live own = open(random.nextInt(models.size()));
            try {
                use(own, random);
            } finally {
                own.clip.close();
            }
        } else if (chance < 72) {
            live.getAndSet(open(random.nextInt(models.size()))).clip.close();
        } else if (chance < 78) {
            ClipModel prepared = open(random.nextInt(models.size())).clip;
            prepared.prepare();
            prepared.close();
            prepared.close();
        } else if (chance < 82) {
            // Closed from within its own call, which still completes.
            Live own = open(random.nextInt(models.size()));
            Progress closing = new Progress() {
                @Override
                public void advance(long steps) {
                    own.clip.close();
                }
            };
            Steps steps = Steps.begin(closing, "images", own.model.images().size());
            float[] answer = own.clip.images().encode(own.model.images(), steps).values();
            check(own.model, Use.IMAGES, answer);
        } else if (chance < 92) {
            require(liveHead.get().apply(features, 1).rows() == ROWS);
        } else if (chance < 96) {
            liveHead.getAndSet(CompiledHead.of(head, OrtEngine.create(2))).close();
        } else {
            attack();
        }
    }

    private Live open(int which) {
        opened.increment();
        StressModel model = models.get(which);
        return new Live(model.open(), model);
    }

    private void use(Live used, SplittableRandom random) {
        Use use = USES.get(random.nextInt(USES.size()));
        check(used.model, use, use.of(used.clip, used.model));
    }

    private void check(StressModel model, Use use, float[] answer) {
        if (!model.isRight(use, answer)) {
            throw new AssertionError("A wrong answer to " + use);
        }
        right.increment();
    }

    private void require(boolean isRight) {
        if (!isRight) {
            throw new AssertionError("A wrong answer");
        }
        right.increment();
    }

    private void attack() {
        try (Victim victim = Victim.clip(Checkpoint.open(models.get(0).folder()))) {
            int size = victim.preprocessing().size();
            long[] shape = {1, 3, size, size};
            TensorData pixels = new TensorData("pixels", DataType.U8, shape, TensorData.allocate(3L * size * size));
            Attacker attacker = new Attacker(victim, ThreatModel.PIXEL, 0.01);
            require(attacker.features(List.of("0"), attacker.images(pixels)).rows() == 1);
        }
    }

    private static Head head() {
        ResidualMlp network = new ResidualMlp(DIM, DIM, DIM, 0, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes()
                .asMap()
                .forEach((name, shape) -> weights.add(
                        TensorData.of(name, new float[(int) shape[0] * (shape.length > 1 ? DIM : 1)], shape)));
        return HeadAccess.of(network, HeadInfo.UNKNOWN, weights);
    }
}
