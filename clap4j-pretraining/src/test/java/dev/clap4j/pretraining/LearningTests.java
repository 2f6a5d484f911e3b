package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.RunStart;
import dev.clap4j.ToldProgress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PreparedInputs;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Short real runs: what comes out knows pictures that it has never seen. */
@Tag("slow")
class LearningTests {
    private static final int STEPS = 160;
    private static final int HELD_OUT = 240;
    private static final long FIRST_HELD_OUT = 1L << 40;

    @TempDir
    private Path folder;

    static List<ClipArchitecture> architectures() {
        return ShapesWorld.architectures().toList();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void aFewStepsTeachColoursAndShapes(ClipArchitecture architecture) {
        PretrainOptions options =
                ShapesWorld.options(architecture, STEPS).withBatchSize(64).withCheckpointEvery(20);
        ToldProgress told = ToldProgress.patient();
        PretrainResult result =
                new ClipPretrainer(options, new ShapesWorld(), Optional.empty()).train(folder, RunStart.NEW, "", told);
        double[] losses = told.milestones().stream()
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*loss |, .*", "")))
                .toArray();
        assertThat(losses).hasSize(STEPS / 20);
        // A batch of 64 has each of 12 classes about five times, which no model can tell apart: at best log(64 / 12).
        assertThat(losses[losses.length - 1]).isLessThan(losses[0] - 0.5).isGreaterThan(Math.log(64 / 12.0) - 0.3);
        // Guessing gives 1 in 12; knowing colours alone, 1 in 3.
        assertThat(accuracy(result.model())).isGreaterThan(0.45);
    }

    private static double accuracy(Path folder) {
        try (ClipModel model = ClipModel.load(folder)) {
            List<String> classes = ShapesWorld.classes();
            FeatureMatrix texts = model.texts()
                    .encode(classes.stream().map(name -> "a " + name).toList())
                    .withIds(classes);
            FeatureMatrix images = PreparedInputs.encodePixels(model, heldOut());
            int[] predicted = ZeroShotClassifier.of(texts, model.checkpoint().expLogitScale())
                    .predict(images);
            int right = 0;
            for (int i = 0; i < predicted.length; i++) {
                right += predicted[i] == ShapesWorld.label(FIRST_HELD_OUT + i) ? 1 : 0;
            }
            return (double) right / predicted.length;
        }
    }

    private static TensorData heldOut() {
        int size = ShapesWorld.SIZE;
        ShapesWorld world = new ShapesWorld();
        Preprocessing preprocessing = Preprocessing.openAi(size);
        ByteBuffer bytes = TensorData.allocate(4L * HELD_OUT * 3 * size * size);
        FloatBuffer floats = bytes.asFloatBuffer();
        for (int i = 0; i < HELD_OUT; i++) {
            preprocessing.normalise(world.pixels(FIRST_HELD_OUT + i), floats);
        }
        return new TensorData("pixels", DataType.F32, new long[] {HELD_OUT, 3, size, size}, bytes);
    }
}
