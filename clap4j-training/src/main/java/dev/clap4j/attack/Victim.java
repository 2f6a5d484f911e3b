package dev.clap4j.attack;

import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.torch.OneThread;
import dev.clap4j.internal.torch.TorchOps;
import dev.clap4j.internal.torch.TorchWeights;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A CLIP model's image encoder on libtorch, with or without a head behind it, through which gradients reach the pixels.
 * Owns native memory until closed; attacks that are at work then go on to their end, later ones are an
 * {@link IllegalStateException}.
 */
public final class Victim implements AutoCloseable {
    /** Below so many weights libtorch's threads wait for one another longer than they compute. */
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
        this.headWeights = head == null ? null : new TorchWeights(head.weights());
    }

    /** The model as it is. */
    public static Victim clip(Checkpoint checkpoint) {
        return new Victim(checkpoint, null, 0);
    }

    /** The model with a head at strength α. */
    public static Victim clap(Checkpoint checkpoint, Head head, float alpha) {
        return new Victim(checkpoint, head, alpha);
    }

    /** What is done to images before they are encoded. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The dimension of the features. */
    public int dim() {
        return head == null ? tower.embedDim() : head.network().outDim();
    }

    /** Computes something, for a small network on the caller's thread alone. */
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
     * Features, not normalised.
     *
     * @param pixels normalised {@code [b, 3, size, size]}
     * @return {@code [b, dim]}
     */
    Tensor features(Tensor pixels) {
        Tensor features = tower.forward(ops, encoder.under("visual."), pixels);
        return head == null
                ? features
                : head.network().forward(ops, headWeights, features, torch.tensor(new float[] {alpha}));
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
