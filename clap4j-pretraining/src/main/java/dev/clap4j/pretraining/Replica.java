package dev.clap4j.pretraining;

import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.torch.NativeScope;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A copy of both towers on its own thread, for a part of each batch. It shares its weights with all other replicas but
 * has its own gradients and running statistics.
 *
 * <p>In small networks most of a step consists of many small operations, for which several threads would mostly wait
 * for one another.
 */
final class Replica implements AutoCloseable {
    /**
     * The lock of each replica's first pass. Convolution kernels are compiled on first use, and oneDNN sometimes
     * crashes when two threads compile the same one at once.
     */
    private static final Object COMPILING = new Object();

    private final ClipArchitecture architecture;
    private final Normalization normalization;
    private final Map<String, Tensor> weights;
    private final ExecutorService thread;
    private boolean compiled; // confined to the thread
    private final CompletableFuture<OneThread> oneThread;

    private Replica(
            ClipArchitecture architecture, Normalization normalization, Map<String, Tensor> weights, int number) {
        this.architecture = architecture;
        this.normalization = normalization;
        this.weights = weights;
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, "clap-replica-" + number);
            worker.setDaemon(true);
            return worker;
        });
        this.oneThread = CompletableFuture.supplyAsync(OneThread::begin, thread);
    }

    /** Creates a replica of weights, which must outlive it. */
    static Replica of(
            ClipArchitecture architecture, Normalization normalization, Map<String, Tensor> weights, int number) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        NativeScope.run(() -> weights.forEach((name, weight) -> {
            boolean learned = weight.requires_grad();
            Tensor alias = learned ? weight.detach().requires_grad_(true) : weight.clone();
            own.put(name, alias.retainReference());
        }));
        return new Replica(architecture, normalization, own, number);
    }

    /** The features of a part of a batch, {@code [b, embedDim]} each. */
    record Features(Tensor images, Tensor texts) {}

    /**
     * A forward and backward pass. Features are available after the forward pass; the backward pass starts once their
     * gradients are given.
     *
     * @param features the features, usable until the pass is done
     * @param gradients to be completed by the caller, with tensors that stay usable until the pass is done
     * @param done completes after the backward pass, when gradients are added to this replica's own
     */
    record Pass(
            CompletableFuture<Features> features,
            CompletableFuture<Features> gradients,
            CompletableFuture<Void> done) {}

    /**
     * Begins a pass.
     *
     * @param from the first pair of the part
     * @param count the number of pairs in the part
     */
    Pass begin(CaptionBatch batch, int from, int count) {
        CompletableFuture<Features> features = new CompletableFuture<>();
        CompletableFuture<Features> gradients = new CompletableFuture<>();
        // Propagate every failure, including OutOfMemoryError, to the thread that waits for the features.
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                        () -> NativeScope.run(() -> {
                            Features own = firstAlone(() -> forward(batch, from, count));
                            features.complete(own);
                            Features given = gradients.join();
                            firstAlone(() -> backward(own, given));
                            compiled = true;
                        }),
                        thread)
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        features.completeExceptionally(failure);
                    }
                });
        return new Pass(features, gradients, done);
    }

    private Features forward(CaptionBatch batch, int from, int count) {
        TorchOps ops = TorchOps.forTraining();
        Weights<Tensor> all = weights::get;
        Tensor pixels = normalization.apply(Tensors.view(batch.pixels()).narrow(0, from, count));
        Tensor ids = Tensors.view(batch.ids()).narrow(0, from, count);
        Tensor ends = Tensors.view(batch.ends()).narrow(0, from, count);
        Tensor embedded = torch.embedding(weights.get("token_embedding.weight"), ids);
        return new Features(
                architecture.vision().forward(ops, all.under("visual."), pixels),
                architecture.text().forward(ops, all, TextBatch.of(embedded, ends)));
    }

    private static Features backward(Features own, Features given) {
        backward(own.images, given.images);
        backward(own.texts, given.texts);
        return own;
    }

    /** Runs a forward or backward pass, under a lock until both have run once, since kernels may be compiled. */
    private Features firstAlone(Supplier<Features> half) {
        if (compiled) {
            return half.get();
        }
        synchronized (COMPILING) {
            return half.get();
        }
    }

    private static void backward(Tensor output, Tensor gradient) {
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    /** Adds the gradients of this replica to those of the master weights and clears them. */
    void addGradients(Map<String, Tensor> master) {
        weights.forEach((name, weight) -> {
            Tensor gradient = weight.grad();
            if (gradient.defined()) {
                Tensor sum = master.get(name).grad();
                if (sum.defined()) {
                    sum.add_(gradient);
                } else {
                    master.get(name).mutable_grad().put(gradient.clone());
                }
                gradient.zero_();
            }
        });
    }

    /** Adds this replica's running statistics, times its share of the batch, to sums. */
    void addStatistics(Map<String, Tensor> sums, double share) {
        weights.forEach((name, weight) -> {
            if (!weight.requires_grad()) {
                sums.get(name).add_(weight, new Scalar(share));
            }
        });
    }

    /** Replaces the running statistics. */
    void setStatistics(Map<String, Tensor> master) {
        weights.forEach((name, weight) -> {
            if (!weight.requires_grad()) {
                weight.copy_(master.get(name));
            }
        });
    }

    @Override
    public void close() {
        oneThread.thenAcceptAsync(OneThread::close, thread).join();
        thread.shutdown();
        weights.values().forEach(Tensor::releaseReference);
    }
}
