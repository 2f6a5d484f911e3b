package dev.clap4j.pretraining;

import dev.clap4j.image.Preprocessing;
import dev.clap4j.io.TensorData;
import dev.clap4j.io.TensorSource;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.nn.Weights;
import dev.clap4j.torch.NativeScope;
import dev.clap4j.torch.Tensors;
import dev.clap4j.torch.TorchOps;
import dev.clap4j.training.objective.SymmetricInfoNce;
import dev.clap4j.training.optimizer.AdamW;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Both towers and their temperature, changed step by step on batches of pairs. Owns native memory until closed.
 *
 * <p>Convolutions compute on pixels whose channels lie side by side, which is what their kernels are fastest on.
 */
final class ClipFit implements AutoCloseable {
    private static final String LOGIT_SCALE = "logit_scale";

    /** CLIP's limit, beyond which its training becomes unstable. */
    private static final double MAX_LOGIT_SCALE = Math.log(100);

    private final ClipArchitecture architecture;
    private final double maxGradientNorm;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();
    private final Tensor mean;
    private final Tensor deviation;
    private final AdamW adam;
    private final int threadsBefore;

    /**
     * A fit that has made no step.
     *
     * @param initial the first weights by their names; copied
     */
    ClipFit(ClipArchitecture architecture, Function<String, TensorData> initial, PretrainOptions options) {
        this.architecture = architecture;
        this.maxGradientNorm = options.maxGradientNorm();
        this.threadsBefore = torch.get_num_threads();
        torch.set_num_threads(options.threads());
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
        Preprocessing preprocessing = Preprocessing.openAi(architecture.vision().imageSize());
        this.mean = colours(preprocessing.mean());
        this.deviation = colours(preprocessing.std());
        this.adam = new AdamW(parameters, options.adam());
    }

    private static Tensor colours(float[] values) {
        return NativeScope.call(() -> torch.tensor(values).view(1, 3, 1, 1).retainReference());
    }

    private static Tensor channelsLast(Tensor tensor) {
        return tensor.dim() == 4 ? tensor.contiguous(torch.MemoryFormat.ChannelsLast) : tensor;
    }

    /**
     * One step.
     *
     * @return the loss before the update
     */
    double step(CaptionBatch batch, double learningRate) {
        double loss;
        try {
            loss = NativeScope.call(() -> {
                Tensor value = loss(batch);
                value.backward();
                return (double) value.item_float();
            });
        } finally {
            Reference.reachabilityFence(batch);
        }
        adam.clipGradients(maxGradientNorm);
        adam.step(learningRate);
        NativeScope.callWithoutGradients(() -> {
            weights.get(LOGIT_SCALE).clamp_max_(new Scalar(MAX_LOGIT_SCALE));
            return null;
        });
        return loss;
    }

    private Tensor loss(CaptionBatch batch) {
        TorchOps ops = TorchOps.forTraining();
        Weights<Tensor> all = weights::get;
        Tensor pixels = channelsLast(Tensors.view(batch.pixels()))
                .to(torch.ScalarType.Float)
                .div_(new Scalar(255))
                .sub_(mean)
                .div_(deviation);
        Tensor images = architecture.vision().forward(ops, all.under("visual."), pixels);
        Tensor embedded = torch.embedding(weights.get("token_embedding.weight"), Tensors.view(batch.ids()));
        Tensor texts = architecture.text().forward(ops, all, embedded, Tensors.view(batch.ends()));
        return SymmetricInfoNce.of(images, texts, weights.get(LOGIT_SCALE));
    }

    /** What cosines are multiplied with. */
    double expLogitScale() {
        return Math.exp(NativeScope.call(() -> weights.get(LOGIT_SCALE).item_float()));
    }

    /** The number of steps made. */
    int steps() {
        return adam.steps();
    }

    /** A copy of a weight. */
    TensorData weight(String name) {
        return NativeScope.call(() -> Tensors.toData(name, weights.get(name)));
    }

    /** Everything that the next steps depend on: the weights, running statistics and the optimizer's moments. */
    List<TensorData> state() {
        List<TensorData> state = new ArrayList<>();
        weights.keySet().forEach(name -> state.add(weight(name)));
        state.addAll(adam.state());
        return state;
    }

    /** Goes on from a {@link #state} after so many steps, as if the fit had never stopped. */
    void restore(TensorSource state, int steps) {
        NativeScope.callWithoutGradients(() -> {
            weights.forEach((name, tensor) -> tensor.copy_(Tensors.asFloats(state.get(name))));
            return null;
        });
        adam.restore(state, steps);
    }

    @Override
    public void close() {
        adam.close();
        weights.values().forEach(Tensor::releaseReference);
        mean.releaseReference();
        deviation.releaseReference();
        torch.set_num_threads(threadsBefore);
    }
}
