package dev.clap4j.internal.training;

import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.blas.OneThread;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.objective.BatchLoss;
import dev.clap4j.internal.objective.Cosines;
import dev.clap4j.internal.optimizer.Adam;
import dev.clap4j.training.objective.HeadObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits a head to features, step by step. Until it is closed, BLAS computes on the caller's thread: for matrices this
 * small, several threads spend more time on synchronisation than on computation. Only the work on the rows of large
 * batches uses all processors. The result does not depend on their number.
 */
public final class HeadFit implements AutoCloseable {
    /** The number of rows from which matrix products are worth computing on several threads. */
    private static final int MANY_ROWS = 256;

    private final HeadObjective objective;
    private final Map<String, TensorData> parameters = new LinkedHashMap<>();
    private final HeadGradient gradient;
    private final Cosines cosines;
    private final Adam adam;
    private final double learningRate;
    private final OneThread thread;
    private final Lifetime life = new Lifetime("The fit", this::end);

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
        int rows = objective.blocks() * batchSize;
        network.shapes().asMap().keySet().forEach(name -> parameters.put(name, copy(weights.get(name))));
        this.gradient = new HeadGradient(network, parameters, rows);
        this.cosines = new Cosines(rows, network.outDim());
        this.adam = new Adam(parameters);
        this.learningRate = learningRate;
        this.thread = rows < MANY_ROWS ? OneThread.begin() : OneThread.beginExceptForProducts();
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
        cosines.measure(gradient.forward(Matrix.view(features)));
        BatchLoss loss = BatchLoss.of(objective, cosines);
        adam.begin(learningRate);
        gradient.backward(cosines.gradient(), adam::update);
        return loss;
    }

    /** Returns copies of the head's weights. */
    public List<TensorData> weights() {
        return life.use(
                () -> parameters.values().stream().map(HeadFit::copy).toList());
    }

    /** Returns a copy in 32-bit floats. */
    private static TensorData copy(TensorData values) {
        return TensorData.of(values.name(), values.toFloats(), values.shape());
    }

    /** Returns everything that later steps depend on: the weights and the optimizer's moments. */
    public List<TensorData> state() {
        List<TensorData> state = new ArrayList<>(weights());
        state.addAll(adam.state());
        return state;
    }

    /** Restores a {@link #state} saved after {@code steps} steps, so that training continues as if uninterrupted. */
    public void restore(TensorSource state, int steps) {
        life.run(() -> {
            parameters.forEach((name, parameter) ->
                    parameter.bytes().asFloatBuffer().put(state.get(name).toFloats()));
            adam.restore(state, steps);
        });
    }

    @Override
    public void close() {
        life.close();
    }

    private void end() {
        thread.close();
    }
}
