package dev.clap4j.internal.training;

import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.objective.Cosines;
import dev.clap4j.internal.optimizer.Adam;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.training.objective.HeadObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Fits a head to features, step by step. Owns native memory until closed.
 *
 * <p>All calls must come from the thread that created the fit, because it changes that thread's libtorch settings: for
 * matrices this small, several threads spend more time on synchronisation than on computation. Only the matrix products
 * of large batches use all processors. The result does not depend on their number.
 */
public final class HeadFit implements AutoCloseable {
    /** The number of rows from which matrix products are worth computing on several threads. */
    private static final int MANY_ROWS = 256;

    private final HeadObjective objective;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final HeadGradient gradient;
    private final Adam adam;
    private final double learningRate;
    private final OneThread thread;
    private final Lifetime life = new Lifetime("The fit", this::free);

    /**
     * Creates a fit that has not taken any steps.
     *
     * @param network the geometry of the head
     * @param weights the initial weights, named as in the network's shapes; copied
     * @param batchSize the number of samples in a batch
     */
    public HeadFit(
            ResidualMlp network, TensorSource weights, HeadObjective objective, double learningRate, int batchSize) {
        this.objective = objective;
        this.thread =
                objective.blocks() * batchSize < MANY_ROWS ? OneThread.begin() : OneThread.beginExceptForProducts();
        NativeScope.run(() -> network.shapes()
                .asMap()
                .keySet()
                .forEach(name -> parameters.put(
                        name, Tensors.asFloats(weights.get(name)).clone().retainReference())));
        this.gradient = new HeadGradient(network, parameters);
        this.adam = new Adam(parameters);
        this.learningRate = learningRate;
    }

    /**
     * Takes one step on a batch.
     *
     * @param features F32 {@code [rows, D]}, in the blocks that the objective expects
     * @return the losses before the update
     * @throws IllegalStateException if the fit is closed; this holds for all methods
     */
    public BatchLoss step(TensorData features) {
        return life.use(() -> change(features));
    }

    private BatchLoss change(TensorData features) {
        return NativeScope.callWithoutGradients(() -> {
            HeadGradient.Pass pass = gradient.forward(Tensors.view(features));
            Tensor rows = pass.output();
            Cosines cosines = Cosines.of(rows);
            BatchLoss loss = BatchLoss.of(objective, cosines);
            adam.begin(learningRate);
            gradient.backward(pass, cosines.gradient(rows), adam::update);
            return loss;
        });
    }

    /** Returns copies of the head's weights. */
    public List<TensorData> weights() {
        return life.use(() -> NativeScope.call(() -> {
            List<TensorData> weights = new ArrayList<>();
            parameters.forEach((name, tensor) -> weights.add(Tensors.toData(name, tensor)));
            return weights;
        }));
    }

    /** Returns everything that later steps depend on: the weights and the optimizer's moments. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>(weights());
        state.addAll(adam.state());
        return state;
    }

    /** Restores a {@link #state} saved after {@code steps} steps, so that training continues as if uninterrupted. */
    public void restore(TensorSource state, int steps) {
        life.use(() -> NativeScope.callWithoutGradients(() -> {
            parameters.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get(name))));
            adam.restore(state, steps);
            return null;
        }));
    }

    @Override
    public void close() {
        life.close();
    }

    private void free() {
        gradient.close();
        parameters.values().forEach(Tensor::releaseReference);
        thread.close();
    }
}
