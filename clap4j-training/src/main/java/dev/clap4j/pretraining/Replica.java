package dev.clap4j.pretraining;

import dev.clap4j.internal.nn.ClipArchitecture;
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
 * Both towers on a thread of their own, for a part of each batch: the same weights as all other replicas, but gradients
 * and running statistics of its own.
 *
 * <p>In networks this small most of a step is many small operations, and threads that share each of them mostly wait.
 */
final class Replica implements AutoCloseable {
    /**
     * Held in the first pass of each replica. Kernels of convolutions are compiled when they are first asked for, and
     * oneDNN crashes now and then when two threads ask for the same one at the same time.
     */
    private static final Object COMPILING = new Object();

    private final ClipArchitecture architecture;
    private final Normalization normalization;
    private final Map<String, Tensor> weights;
    private final ExecutorService thread;
    private boolean compiled; // read and written on the thread alone
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

    /** A replica of weights, which must outlive it. */
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
     * A pass forth and back, in two halves: after the first, the features are there; the second begins when their
     * gradients are given.
     *
     * @param features usable until the pass is done
     * @param gradients to be completed by the caller, with tensors that stay usable until the pass is done
     * @param done after both halves; the gradients are added to the weights' own
     */
    record Pass(
            CompletableFuture<Features> features,
            CompletableFuture<Features> gradients,
            CompletableFuture<Void> done) {}

    /**
     * Begins a pass.
     *
     * @param from the first pair of the part
     * @param count the pairs of the part
     */
    Pass begin(CaptionBatch batch, int from, int count) {
        CompletableFuture<Features> features = new CompletableFuture<>();
        CompletableFuture<Features> gradients = new CompletableFuture<>();
        // Whoever waits for the features must learn of any failure, even that the memory is full.
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
                architecture.text().forward(ops, all, embedded, ends));
    }

    private static Features backward(Features own, Features given) {
        backward(own.images, given.images);
        backward(own.texts, given.texts);
        return own;
    }

    /** Half a pass; as long as kernels may have to be compiled, no other replica computes at the same time. */
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

    /** Adds the gradients of its passes to those of the weights it replicates, and forgets them. */
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

    /** Adds this share of its running statistics to others. */
    void addStatistics(Map<String, Tensor> sums, double share) {
        weights.forEach((name, weight) -> {
            if (!weight.requires_grad()) {
                sums.get(name).add_(weight, new Scalar(share));
            }
        });
    }

    /** Takes over running statistics. */
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
