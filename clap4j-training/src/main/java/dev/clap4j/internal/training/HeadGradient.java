package dev.clap4j.internal.training;

import dev.clap4j.internal.blas.Activations;
import dev.clap4j.internal.blas.Matrix;
import dev.clap4j.internal.blas.Products;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Forward and backward pass of the head. For a network of two layers, automatic differentiation costs more in
 * bookkeeping than the matrix products themselves, so both passes are written out. With {@code s_0 = act(x)},
 * {@code h_0 = W s_0 + b}, {@code s_i = act(h_i-1)}, {@code h_i = W_i s_i + b_i} and {@code y = down(x) + P h_r} (α is
 * 1 in training), the gradients are
 *
 * <pre>
 * dL/dP   = (dL/dy)ᵀ h_r        dL/dh_r   = (dL/dy) P
 * dL/dW_i = (dL/dh_i)ᵀ s_i      dL/db_i   = Σ_rows dL/dh_i
 * dL/ds_i = (dL/dh_i) W_i       dL/dh_i-1 = dL/ds_i · act'(h_i-1)
 * </pre>
 *
 * with samples as rows. All batches have as many rows, and share the memory of all that is computed.
 */
final class HeadGradient {
    private final ResidualMlp network;
    private final int[] sampled;
    private final List<Layer> layers = new ArrayList<>();
    private final Matrix projection;
    private final Matrix output;
    private final FloatBuffer memory;

    /**
     * Creates an instance that has not computed any gradient.
     *
     * @param parameters the weights in F32, named as in the network's shapes, which are read anew in every pass
     * @param rows the number of rows of a batch
     */
    HeadGradient(ResidualMlp network, Map<String, TensorData> parameters, int rows) {
        this.network = network;
        this.sampled = network.nearestIndices();
        for (int i = 0; i <= network.repeat(); i++) {
            layers.add(Layer.of(i == 0 ? "linear." : "latent_linear." + (i - 1) + ".1.", parameters, rows));
        }
        this.projection = Matrix.view(parameters.get("projection.weight"));
        this.output = Matrix.zeros(rows, network.outDim());
        this.memory = Matrix.zeros(1, (int) parameters.values().stream()
                        .mapToLong(TensorData::elements)
                        .max()
                        .orElseThrow())
                .values();
    }

    /** Receives gradients as they are computed. */
    @FunctionalInterface
    interface Sink {
        /**
         * Receives a part of a parameter's gradient. The parameter may be updated: it is not read again before the next
         * forward pass.
         *
         * @param first the index of the part's first value in the parameter
         * @param gradient the part's remaining values; overwritten by the next part
         */
        void accept(String parameter, int first, FloatBuffer gradient);
    }

    /**
     * A linear layer.
     *
     * @param in its input {@code s_i}
     * @param out its output {@code h_i}
     * @param back {@code dL/dh_i}
     */
    private record Layer(String name, Matrix weight, Matrix bias, Matrix in, Matrix out, Matrix back) {
        static Layer of(String name, Map<String, TensorData> parameters, int rows) {
            Matrix weight = Matrix.view(parameters.get(name + "weight"));
            return new Layer(
                    name,
                    weight,
                    Matrix.view(parameters.get(name + "bias")),
                    Matrix.zeros(rows, weight.columns()),
                    Matrix.zeros(rows, weight.rows()),
                    Matrix.zeros(rows, weight.rows()));
        }
    }

    /**
     * Computes f_c of a batch.
     *
     * @param x features, {@code [rows, D]}
     * @return {@code [rows, O]}, until the next forward pass
     */
    Matrix forward(Matrix x) {
        Matrix hidden = x;
        for (Layer layer : layers) {
            Activations.apply(network.activation(), hidden, layer.in);
            Products.linear(layer.in, layer.weight, layer.bias, layer.out);
            hidden = layer.out;
        }
        Products.withTransposed(hidden, projection, output);
        addSampled(x);
        return output;
    }

    /** Adds {@code down(x)} to the output. */
    private void addSampled(Matrix x) {
        float[] from = new float[x.columns()];
        float[] to = new float[output.columns()];
        for (int row = 0; row < output.rows(); row++) {
            x.get(row, from);
            output.get(row, to);
            for (int j = 0; j < to.length; j++) {
                to[j] += from[sampled[j]];
            }
            output.put(row, to);
        }
    }

    /**
     * Computes the gradients of all parameters for the batch of the last forward pass. They are passed on in parts small
     * enough to be in the processor's cache when consumed.
     *
     * @param gradient dL/dy, {@code [rows, O]}
     */
    void backward(Matrix gradient, Sink sink) {
        int last = network.repeat();
        Products.of(gradient, projection, layers.get(last).back);
        weight("projection.weight", gradient, layers.get(last).out, sink);
        for (int i = last; i >= 0; i--) {
            Layer layer = layers.get(i);
            if (i > 0) {
                Layer earlier = layers.get(i - 1);
                Products.of(layer.back, layer.weight, earlier.back);
                Activations.differentiate(network.activation(), earlier.out, earlier.back);
            }
            weight(layer.name + "weight", layer.back, layer.in, sink);
            sink.accept(layer.name + "bias", 0, sum(layer.back));
        }
    }

    /** Computes {@code (dL/dh)ᵀ s}. */
    private void weight(String name, Matrix back, Matrix in, Sink sink) {
        int width = in.columns();
        Products.ofTransposed(
                back, in, memory, (first, count) -> sink.accept(name, first * width, memory.slice(0, count * width)));
    }

    /** Returns the sum of the rows. */
    private static FloatBuffer sum(Matrix rows) {
        float[] sum = new float[rows.columns()];
        float[] line = new float[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            rows.get(row, line);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += line[j];
            }
        }
        return FloatBuffer.wrap(sum);
    }
}
