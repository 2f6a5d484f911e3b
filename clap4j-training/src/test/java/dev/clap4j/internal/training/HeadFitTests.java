package dev.clap4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.head.Head;
import dev.clap4j.internal.blas.RowBlocks;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.training.objective.ClapObjective;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training steps of the reference. */
class HeadFitTests {
    @TempDir
    Path folder;

    private final SafetensorsFile bank = Golden.tensors("training-trace/bank.safetensors");

    private final JsonNode trace = Golden.json("training-trace/trace.json");

    private final int dim = config("dim").asInt();

    private JsonNode config(String name) {
        return trace.get("config").get(name);
    }

    private int batchSize() {
        return config("bs").asInt();
    }

    private HeadFit start() {
        return start(batchSize());
    }

    private HeadFit start(int batchSize) {
        Head initial = Head.load(Golden.file("training-trace/initial_weights.safetensors"));
        ClapObjective objective = ClapObjective.official(
                config("tau_txt").asDouble(),
                config("tau_cnt").asDouble(),
                config("lam").asDouble());
        return new HeadFit(
                HeadAccess.network(initial),
                HeadAccess.weights(initial),
                objective,
                config("lr").asDouble(),
                batchSize);
    }

    private TensorData batch(int step) {
        long[] batches = bank.get("batches").toLongs();
        long[] labels = bank.get("labels").toLongs();
        float[] prompts = bank.get("z_t").toFloats();
        float[] augmented = bank.get("z_t_aug").toFloats();
        float[] classes = bank.get("class_features").toFloats();
        int size = batchSize();
        float[] features = new float[3 * size * dim];
        for (int i = 0; i < size; i++) {
            int row = (int) batches[step * size + i];
            System.arraycopy(prompts, row * dim, features, i * dim, dim);
            System.arraycopy(augmented, row * dim, features, (size + i) * dim, dim);
            System.arraycopy(classes, (int) labels[row] * dim, features, (2 * size + i) * dim, dim);
        }
        return TensorData.of("batch", features, 3L * size, dim);
    }

    @Test
    void theStepsOfTheReference() {
        HeadFit fit = start();
        for (int step = 0; step < config("steps").asInt(); step++) {
            BatchLoss loss = fit.step(batch(step));
            // The reference's fp32 and fp64 losses differ by 6e-7.
            assertThat(loss.total()).isCloseTo(trace.get("loss").get(step).asDouble(), within(1e-5));
            assertThat(loss.parts().get("text_loss"))
                    .isCloseTo(trace.get("loss_txt").get(step).asDouble(), within(1e-5));
            assertThat(loss.parts().get("content_loss"))
                    .isCloseTo(trace.get("loss_content").get(step).asDouble(), within(1e-5));
        }
        SafetensorsFile last = Golden.tensors("training-trace/final_weights.safetensors");
        for (TensorData weight : fit.weights()) {
            assertWeights(weight, last.get("network_beta." + weight.name()));
        }
    }

    /** Adam makes full steps of tiny gradients, so single weights may differ by some steps of 1e-4; their mean not. */
    private static void assertWeights(TensorData actual, TensorData expected) {
        float[] a = actual.toFloats();
        float[] e = expected.toFloats();
        double largest = 0;
        double sum = 0;
        for (int i = 0; i < e.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - e[i]));
            sum += Math.abs(a[i] - e[i]);
        }
        assertThat(largest).isLessThan(5e-4);
        assertThat(sum / e.length).isLessThan(1e-5);
    }

    @Test
    void aRestoredFitGoesOnBitForBit() {
        Path saved = folder.resolve("state.safetensors");
        HeadFit whole = start();
        HeadFit resumed = start();
        for (int step = 0; step < 20; step++) {
            if (step == 10) {
                SafetensorsFile.write(saved, Map.of(), whole.state());
                resumed.restore(SafetensorsFile.open(saved), 10);
            }
            whole.step(batch(step));
            if (step >= 10) {
                resumed.step(batch(step));
            }
        }
        for (int i = 0; i < whole.state().size(); i++) {
            assertThat(resumed.state().get(i).bytes())
                    .isEqualTo(whole.state().get(i).bytes());
        }
    }

    /** Whether products are shared by processors or not. */
    @Test
    void largeBatchesGiveTheSameBitsWithAnyNumberOfThreads() {
        List<TensorData> alone = RowBlocks.alone(this::stepsOnLargeBatches);
        List<TensorData> shared = stepsOnLargeBatches();
        for (int i = 0; i < alone.size(); i++) {
            assertThat(shared.get(i).bytes()).isEqualTo(alone.get(i).bytes());
        }
    }

    private List<TensorData> stepsOnLargeBatches() {
        int batchSize = 345;
        Random random = new Random(0);
        float[] features = new float[3 * batchSize * dim];
        HeadFit fit = start(batchSize);
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < features.length; i++) {
                features[i] = (float) random.nextGaussian();
            }
            fit.step(TensorData.of("batch", features, 3L * batchSize, dim));
        }
        return fit.state();
    }
}
