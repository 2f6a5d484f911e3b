package dev.clap4j.pretraining;

import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.Tensors;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Both towers and their temperature, trained step by step on batches of pairs. Owns native memory until closed.
 *
 * <p>Every thread computes a part of each batch on a {@link Replica}; only the loss sees all pairs. Batch normalisation
 * uses the statistics of a part, so the result depends on the number of threads, but not on their timing.
 */
final class ClipFit implements AutoCloseable {
    private static final String LOGIT_SCALE = "logit_scale";

    /** The maximum of CLIP's logit scale, above which training becomes unstable. */
    private static final double MAX_LOGIT_SCALE = Math.log(100);

    private final double maxGradientNorm;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Normalization normalization;
    private final List<Replica> replicas = new ArrayList<>();
    private final AdamW adam;
    private final OneThread thread;

    /**
     * Creates a fit before its first step.
     *
     * @param initial the initial weights by name; copied
     */
    ClipFit(ClipArchitecture architecture, Function<String, TensorData> initial, PretrainOptions options) {
        this.maxGradientNorm = options.maxGradientNorm();
        this.thread = OneThread.begin();
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        NativeScope.run(() -> architecture.shapes().asMap().keySet().forEach(name -> {
            boolean learned = !name.contains(".running_");
            Tensor weight = channelsLast(Tensors.asFloats(initial.apply(name)).clone())
                    .requires_grad_(learned)
                    .retainReference();
            weights.put(name, weight);
            if (learned) {
                parameters.put(name, weight);
            }
        }));
        this.normalization = Normalization.openAi(architecture.vision().imageSize());
        for (int i = 0; i < options.threads(); i++) {
            replicas.add(Replica.of(architecture, normalization, weights, i));
        }
        this.adam = new AdamW(parameters, options.adam());
    }

    private static Tensor channelsLast(Tensor tensor) {
        return tensor.dim() == 4 ? tensor.contiguous(torch.MemoryFormat.ChannelsLast) : tensor;
    }

    /**
     * Makes one step.
     *
     * @return the loss before the update
     */
    double step(CaptionBatch batch, double learningRate) {
        double loss;
        try {
            loss = NativeScope.call(() -> passes(batch));
        } finally {
            Reference.reachabilityFence(batch);
        }
        NativeScope.callWithoutGradients(() -> {
            gather();
            return null;
        });
        adam.clipGradients(maxGradientNorm);
        adam.step(learningRate);
        NativeScope.callWithoutGradients(() -> {
            weights.get(LOGIT_SCALE).clamp_max_(new Scalar(MAX_LOGIT_SCALE));
            return null;
        });
        return loss;
    }

    /** Runs the forward pass of all replicas, the loss over all pairs, and the backward pass of all replicas. */
    private double passes(CaptionBatch batch) {
        List<Replica.Pass> passes = new ArrayList<>();
        int pairs = batch.size();
        for (int i = 0; i < replicas.size(); i++) {
            int from = pairs * i / replicas.size();
            int to = pairs * (i + 1) / replicas.size();
            passes.add(replicas.get(i).begin(batch, from, to - from));
        }
        try {
            Tensor images = joined(passes, Replica.Features::images);
            Tensor texts = joined(passes, Replica.Features::texts);
            Tensor loss = ContrastiveLoss.of(images, texts, weights.get(LOGIT_SCALE));
            loss.backward();
            int from = 0;
            for (Replica.Pass pass : passes) {
                long count = pass.features().join().images().size(0);
                pass.gradients()
                        .complete(new Replica.Features(
                                images.grad().narrow(0, from, count),
                                texts.grad().narrow(0, from, count)));
                from += (int) count;
            }
            passes.forEach(pass -> pass.done().join());
            return loss.item_float();
        } finally {
            // On any failure, stop all replicas: none may wait forever or use memory that is freed here.
            passes.forEach(pass -> pass.gradients().cancel(false));
            passes.forEach(pass -> pass.done().exceptionally(e -> null).join());
        }
    }

    /** Returns the features of all parts as one leaf tensor that requires gradients. */
    private static Tensor joined(List<Replica.Pass> passes, Function<Replica.Features, Tensor> which) {
        Tensor[] parts = passes.stream()
                .map(pass -> which.apply(pass.features().join()).detach())
                .toArray(Tensor[]::new);
        return torch.cat(new TensorVector(parts), 0).requires_grad_(true);
    }

    /** Combines the replicas: sums gradients and averages running statistics. */
    private void gather() {
        replicas.forEach(replica -> replica.addGradients(weights));
        weights.forEach((name, weight) -> {
            if (!weight.requires_grad()) {
                weight.zero_();
            }
        });
        replicas.forEach(replica -> replica.addStatistics(weights, 1.0 / replicas.size()));
        replicas.forEach(replica -> replica.setStatistics(weights));
    }

    /** Returns the factor by which cosines are multiplied. */
    double expLogitScale() {
        return Math.exp(NativeScope.call(() -> weights.get(LOGIT_SCALE).item_float()));
    }

    /** Returns the number of steps done. */
    int steps() {
        return adam.steps();
    }

    /** Returns a copy of a weight. */
    TensorData weight(String name) {
        return NativeScope.call(() -> Tensors.toData(name, weights.get(name)));
    }

    /** Returns the weights to save in the model, by name; see {@link EmbeddingScale}. */
    Function<String, TensorData> model() {
        return EmbeddingScale.normalize(this::weight, tokensRead());
    }

    /** Returns the ids of tokens whose embeddings have received a gradient. */
    private BitSet tokensRead() {
        TensorData squares = adam.square(EmbeddingScale.TOKENS);
        int width = (int) squares.shape()[1];
        BitSet read = new BitSet();
        for (int i = 0; i < squares.elements(); i++) {
            if (squares.floatAt(i) > 0) {
                read.set(i / width);
            }
        }
        return read;
    }

    /** Returns all state that the next steps depend on: the weights, running statistics and the optimizer's moments. */
    List<TensorData> state() {
        List<TensorData> state = new ArrayList<>();
        weights.keySet().forEach(name -> state.add(weight(name)));
        state.addAll(adam.state());
        return state;
    }

    /** Resumes from a {@link #state} saved after the given number of steps. */
    void restore(TensorSource state, int steps) {
        NativeScope.callWithoutGradients(() -> {
            weights.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get(name))));
            replicas.forEach(replica -> replica.setStatistics(weights));
            return null;
        });
        adam.restore(state, steps);
    }

    @Override
    public void close() {
        adam.close();
        replicas.forEach(Replica::close);
        normalization.close();
        weights.values().forEach(Tensor::releaseReference);
        thread.close();
    }
}
