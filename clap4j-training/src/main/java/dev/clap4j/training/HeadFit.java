package dev.clap4j.training;

import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.training.objective.Cosines;
import dev.clap4j.training.objective.HeadObjective;
import dev.clap4j.training.optimizer.Adam;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The fit: the small network, changed step by step on features. Owns native memory until closed.
 *
 * <p>It computes on one thread, the caller's, which must stay the same: for matrices this small several threads wait for
 * one another longer than they compute. Only the products of large batches are computed by all processors. The result does
 * not depend on how many there are.
 */
public final class HeadFit implements AutoCloseable {
    /** From so many rows on, products take long enough to be shared. */
    private static final int MANY_ROWS = 256;

    private final HeadObjective objective;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final HeadGradient gradient;
    private final Adam adam;
    private final double learningRate;
    private final OneThread thread;
    private final Lifetime life = new Lifetime("The fit", this::free);

    /**
     * A fit that has made no step.
     *
     * @param network the geometry
     * @param weights what to start from, as the network's shapes name them; copied
     * @param batchSize samples in a step
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
     * One step on a batch.
     *
     * @param features F32 {@code [rows, D]}, in the blocks that the objective asks for
     * @return the losses before the update
     * @throws IllegalStateException if the fit is closed, as for everything else it is asked
     */
    public HeadObjective.BatchLoss step(TensorData features) {
        return life.use(() -> change(features));
    }

    private HeadObjective.BatchLoss change(TensorData features) {
        return NativeScope.callWithoutGradients(() -> {
            HeadGradient.Pass pass = gradient.forward(Tensors.view(features));
            Tensor rows = pass.output();
            Cosines cosines = Cosines.of(rows);
            HeadObjective.BatchLoss loss = objective.of(cosines);
            adam.begin(learningRate);
            gradient.backward(pass, cosines.gradient(rows), adam::update);
            return loss;
        });
    }

    /** Copies of the network's weights. */
    public List<TensorData> weights() {
        return life.use(() -> NativeScope.call(() -> {
            List<TensorData> weights = new ArrayList<>();
            parameters.forEach((name, tensor) -> weights.add(Tensors.toData(name, tensor)));
            return weights;
        }));
    }

    /** Everything that the next steps depend on: the weights and the optimizer's moments. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>(weights());
        state.addAll(adam.state());
        return state;
    }

    /** Goes on from a {@link #state} after so many steps, as if the fit had never stopped. */
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
