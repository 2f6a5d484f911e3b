package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.BpeTrainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are closed while others use them: what runs ends well, what comes later is told. */
class ClosingTests {
    private static final int ROUNDS = 25;
    private static final List<String> TEXTS =
            IntStream.range(0, 400).mapToObj(i -> "a dog and cat " + i).toList();

    @TempDir
    static Path folder;

    private static Path model;
    private static List<Path> images;

    @BeforeAll
    static void write() throws IOException {
        BpeTrainer vocabulary = new BpeTrainer();
        vocabulary.add("a photo of a dog and a cat");
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, vocabulary.train(520));
        model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(tokenizer), model);
        Path image = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        images = Collections.nCopies(40, image);
    }

    /** Ways to use a model, each in more than one run of a network. */
    private static List<Supplier<float[]>> uses(ClipModel clip) {
        LearnedWords words = new LearnedWords(
                clip.texts(), Map.of("S*1", new float[1][clip.texts().contextWidth()]));
        TensorData pixels = TensorData.of("pixels", new float[48 * 3 * 32 * 32], 48, 3, 32, 32);
        TensorData tokens = TensorData.of("tokens", new long[] {512, 3, 513, 512, 4, 513}, 2, 3);
        return List.of(
                () -> clip.texts().encode(TEXTS).values(),
                () -> words.encode(TEXTS).values(),
                () -> clip.images().encode(images).values(),
                () -> PreparedInputs.encodePixels(clip, pixels).values(),
                () -> PreparedInputs.encodeTokens(clip, tokens).values());
    }

    @Test
    void callsInFlightEndAndLaterOnesAreTold() throws Exception {
        List<float[]> expected;
        try (ClipModel clip = ClipModel.load(model)) {
            expected = uses(clip).stream().map(Supplier::get).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(expected.size());
        for (int round = 0; round < ROUNDS; round++) {
            ClipModel clip = ClipModel.load(model);
            List<Supplier<float[]>> uses = uses(clip);
            List<Future<Integer>> ends = new ArrayList<>();
            for (int i = 0; i < uses.size(); i++) {
                Supplier<float[]> use = uses.get(i);
                float[] right = expected.get(i);
                ends.add(threads.submit(() -> untilClosed(use, right)));
            }
            Thread.sleep(10 + 5L * round);
            clip.close();
            for (Future<Integer> end : ends) {
                assertThat(end.get(30, TimeUnit.SECONDS)).isNotNegative();
            }
        }
        threads.shutdown();
    }

    /** Uses a model again and again, and expects the same as ever until it is closed. */
    private static int untilClosed(Supplier<float[]> use, float[] right) {
        for (int times = 0; ; times++) {
            float[] found;
            try {
                found = use.get();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("The model is closed");
                return times;
            }
            assertThat(found).isEqualTo(right);
        }
    }

    @Test
    void aModelMayBeSwappedForAnother() throws Exception {
        AtomicReference<ClipModel> live = new AtomicReference<>(ClipModel.load(model));
        float[] right = live.get().texts().encode(TEXTS).values();
        AtomicInteger answers = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(threads.submit(() -> {
                while (!done.get()) {
                    try {
                        assertThat(live.get().texts().encode(TEXTS).values()).isEqualTo(right);
                        answers.incrementAndGet();
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessage("The model is closed");
                    }
                }
            }));
        }
        for (int i = 0; i < ROUNDS; i++) {
            Thread.sleep(20);
            live.getAndSet(ClipModel.load(model)).close();
        }
        done.set(true);
        for (Future<?> client : clients) {
            client.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
        live.get().close();
        assertThat(answers).hasPositiveValue();
    }

    @Test
    void aClosedModelStaysClosed() {
        ClipModel clip = ClipModel.load(model);
        ClipTextModel texts = clip.texts();
        clip.close();
        clip.close();
        assertClosed(clip::texts);
        assertClosed(clip::images);
        assertClosed(clip::prepare);
        assertClosed(() -> texts.encode(TEXTS));
    }

    private static void assertClosed(Runnable use) {
        assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class).hasMessage("The model is closed");
    }

    /** From within one of its calls, as a progress bar might. */
    @Test
    void whoeverIsCalledBackMayCloseTheModel() {
        ClipModel clip = ClipModel.load(model);
        ClipTextModel texts = clip.texts();
        float[] right = texts.encode(TEXTS).values();
        Progress closing = new Progress() {
            @Override
            public void advance(long steps) {
                clip.close();
            }
        };
        Steps steps = Steps.begin(closing, "texts", TEXTS.size());
        assertThat(texts.encode(TEXTS, steps).values()).isEqualTo(right);
        assertClosed(() -> texts.encode(TEXTS));
    }

    @Test
    void aHeadMayBeClosedWhileItIsApplied() throws Exception {
        Head head = head();
        FeatureMatrix features = new FeatureMatrix(
                IntStream.range(0, 20_000).mapToObj(String::valueOf).toList(), 8, new float[160_000]);
        float[] right = head.apply(features, 1).values();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (int round = 0; round < ROUNDS; round++) {
            CompiledHead compiled = CompiledHead.of(head, OrtEngine.create());
            Future<?> use = threads.submit(() -> {
                try {
                    while (true) {
                        assertThat(compiled.apply(features, 1).values()).isEqualTo(right);
                    }
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessage("The head is closed");
                }
            });
            Thread.sleep(20);
            compiled.close();
            compiled.close();
            use.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    private static Head head() {
        ResidualMlp network = new ResidualMlp(8, 4, 8, 0, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes().asMap().forEach((name, shape) -> {
            int size = 1;
            for (long extent : shape) {
                size *= (int) extent;
            }
            weights.add(TensorData.of(name, new float[size], shape));
        });
        return HeadAccess.of(network, HeadInfo.UNKNOWN, weights);
    }
}
