package dev.clap4j.internal.head;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.engine.CompiledNetwork;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.Weights;
import java.util.Arrays;
import java.util.List;

/**
 * A head ready to run. It owns native memory until closed. Thread-safe, closing included: calls in flight complete;
 * later calls throw {@link IllegalStateException}.
 */
public final class CompiledHead implements AutoCloseable {
    /** Bounds the memory of one run: 32 MB at dimension 1024. */
    private static final int ROWS_PER_RUN = 8192;

    private final Head head;
    private final CompiledNetwork network;
    private final Lifetime life;

    private CompiledHead(Head head, CompiledNetwork network) {
        this.head = head;
        this.network = network;
        this.life = new Lifetime("The head", network::close);
    }

    /** Compiles a head for repeated use. */
    public static CompiledHead of(Head head, Engine engine) {
        Input features =
                new Input("features", DataType.F32, -1, HeadAccess.network(head).inDim());
        Input alpha = new Input("alpha", DataType.F32, 1);
        CompiledNetwork network = engine.compile(
                new Network(HeadAccess.network(head))::forward, List.of(features, alpha), HeadAccess.weights(head));
        return new CompiledHead(head, network);
    }

    private record Network(ResidualMlp mlp) {
        <T> T forward(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            return mlp.forward(ops, weights, inputs.get(0), inputs.get(1));
        }
    }

    /** The head. */
    public Head head() {
        return head;
    }

    /** See {@link Head#apply}. */
    public FeatureMatrix apply(FeatureMatrix features, float alpha) {
        return life.use(() -> applyTo(features, alpha));
    }

    private FeatureMatrix applyTo(FeatureMatrix features, float alpha) {
        int in = HeadAccess.network(head).inDim();
        int out = HeadAccess.network(head).outDim();
        if (features.dim() != in) {
            throw new ClapException("The head takes features of dimension " + in + ", but these have " + features.dim()
                    + "; they come from another model than the one it was trained on");
        }
        if (!Float.isFinite(alpha)) {
            throw new ClapException("The alpha of a head should be a finite number, but is " + alpha);
        }
        TensorData residual = TensorData.of("alpha", new float[] {alpha}, 1);
        float[] values = features.values();
        float[] mapped = new float[Math.multiplyExact(features.rows(), out)];
        for (int start = 0; start < features.rows(); start += ROWS_PER_RUN) {
            int end = Math.min(features.rows(), start + ROWS_PER_RUN);
            float[] rows = Arrays.copyOfRange(values, start * in, end * in);
            float[] result = network.run(TensorData.of("features", rows, end - start, in), residual)
                    .toFloats();
            System.arraycopy(result, 0, mapped, start * out, result.length);
        }
        return new FeatureMatrix(features.ids(), out, mapped);
    }

    @Override
    public void close() {
        life.close();
    }
}
