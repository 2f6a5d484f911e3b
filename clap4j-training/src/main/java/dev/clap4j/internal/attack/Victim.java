package dev.clap4j.internal.attack;

import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.TorchOps;
import dev.clap4j.internal.torch.TorchWeights;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A CLIP model's image encoder on libtorch, optionally followed by a head, that is differentiable with respect to the
 * pixels. Owns native memory until closed. Running attacks finish first; later calls throw
 * {@link IllegalStateException}.
 */
public final class Victim implements AutoCloseable {
    /** The number of weights below which libtorch's threads spend more time on synchronisation than on computation. */
    private static final long SMALL = 20_000_000;

    private final TorchOps ops = new TorchOps();
    private final Checkpoint checkpoint;
    private final boolean small;
    private final VisionTower tower;
    private final Preprocessing preprocessing;
    private final TorchWeights encoder;
    private final Head head;
    private final float alpha;
    private final TorchWeights headWeights;
    private final Lifetime life = new Lifetime("The victim", this::free);

    private Victim(Checkpoint checkpoint, Head head, float alpha) {
        this.checkpoint = checkpoint;
        this.small = checkpoint.parameters() < SMALL;
        this.tower = checkpoint.architecture().vision();
        this.preprocessing = ClipImageModel.preprocessing(checkpoint);
        this.encoder = new TorchWeights(checkpoint.weights());
        this.head = head;
        this.alpha = alpha;
        this.headWeights = head == null ? null : new TorchWeights(HeadAccess.weights(head));
    }

    /** Creates a victim from a model without a head. */
    public static Victim clip(Checkpoint checkpoint) {
        return new Victim(checkpoint, null, 0);
    }

    /** Creates a victim from a model and a head with the given {@code alpha}. */
    public static Victim clap(Checkpoint checkpoint, Head head, float alpha) {
        return new Victim(checkpoint, head, alpha);
    }

    /** Returns the preprocessing of images. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Returns the dimension of the features. */
    public int dim() {
        return head == null ? tower.embedDim() : HeadAccess.network(head).outDim();
    }

    /** Runs a computation, on the caller's thread alone if the network is small. */
    <R> R call(Supplier<R> body) {
        return life.use(() -> compute(body));
    }

    private <R> R compute(Supplier<R> body) {
        checkpoint.requireUnchanged();
        OneThread thread = small ? OneThread.begin() : null;
        try {
            return body.get();
        } finally {
            if (thread != null) {
                thread.close();
            }
        }
    }

    /**
     * Returns the features of images, not normalised.
     *
     * @param pixels normalised pixels {@code [b, 3, size, size]}
     * @return {@code [b, dim]}
     */
    Tensor features(Tensor pixels) {
        Tensor features = tower.forward(ops, encoder.under("visual."), pixels);
        return head == null
                ? features
                : HeadAccess.network(head).forward(ops, headWeights, features, torch.tensor(new float[] {alpha}));
    }

    @Override
    public void close() {
        life.close();
    }

    private void free() {
        encoder.close();
        if (headWeights != null) {
            headWeights.close();
        }
    }
}
