package dev.clap4j.internal.attack;

import dev.clap4j.attack.ThreatModel;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.engine.Forward;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.nn.TensorOps;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.Weights;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A CLIP model's image encoder, optionally followed by a head, that is differentiable with respect to the pixels. Owns
 * native memory until closed. Running attacks finish first; later calls throw {@link IllegalStateException}.
 */
public final class Victim implements AutoCloseable {
    private static final String VISUAL = "visual.";
    private static final String HEAD = "head.";

    private final OrtEngine engine = OrtEngine.create();
    private final Checkpoint checkpoint;
    private final Preprocessing preprocessing;
    private final Optional<Head> head;
    private final float alpha;
    private final Map<ThreatModel, VictimNetwork> networks = new EnumMap<>(ThreatModel.class);
    private final Lifetime life = new Lifetime("The victim", this::free);

    private Victim(Checkpoint checkpoint, Optional<Head> head, float alpha) {
        this.checkpoint = checkpoint;
        this.preprocessing = ClipImageModel.preprocessing(checkpoint);
        this.head = head;
        this.alpha = alpha;
    }

    /** Creates a victim from a model without a head. */
    public static Victim clip(Checkpoint checkpoint) {
        return new Victim(checkpoint, Optional.empty(), 0);
    }

    /** Creates a victim from a model and a head with the given {@code alpha}. */
    public static Victim clap(Checkpoint checkpoint, Head head, float alpha) {
        return new Victim(checkpoint, Optional.of(head), alpha);
    }

    /** Returns the preprocessing of images. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Returns the dimension of the features. */
    public int dim() {
        return head.map(each -> HeadAccess.network(each).outDim())
                .orElse(checkpoint.architecture().vision().embedDim());
    }

    /** Runs a computation during which this stays open. */
    <R> R call(Supplier<R> body) {
        return life.use(() -> {
            checkpoint.requireUnchanged();
            return body.get();
        });
    }

    /** Returns the network for images in the form of a threat model. */
    synchronized VictimNetwork network(ThreatModel threat) {
        return networks.computeIfAbsent(threat, any -> new VictimNetwork(engine, features(threat), weights(), side()));
    }

    private int side() {
        return checkpoint.architecture().vision().imageSize();
    }

    private Features features(ThreatModel threat) {
        return new Features(
                threat, preprocessing, checkpoint.architecture().vision(), head.map(HeadAccess::network), alpha);
    }

    /** From images to features. */
    private record Features(
            ThreatModel threat, Preprocessing preprocessing, VisionTower tower, Optional<ResidualMlp> head, float alpha)
            implements Forward {
        @Override
        public <T> T apply(TensorOps<T> ops, Weights<T> weights, List<T> inputs) {
            T pixels = ThreatImages.normalised(ops, threat, inputs.get(0), preprocessing);
            T features = tower.forward(ops, weights.under(VISUAL), pixels);
            if (head.isEmpty()) {
                return features;
            }
            T factor = ops.constant(TensorData.of("alpha", new float[] {alpha}, 1));
            return head.get().forward(ops, weights.under(HEAD), features, factor);
        }
    }

    /** Returns the tensors of the encoder, and those of the head under their prefix. */
    private TensorSource weights() {
        TensorSource model = checkpoint.weights();
        return new TensorSource() {
            @Override
            public Set<String> names() {
                Set<String> names = new TreeSet<>(model.names());
                head.ifPresent(each -> HeadAccess.weights(each).names().forEach(name -> names.add(HEAD + name)));
                return names;
            }

            @Override
            public TensorData get(String name) {
                return head.isPresent() && name.startsWith(HEAD)
                        ? HeadAccess.weights(head.get()).get(name.substring(HEAD.length()))
                        : model.get(name);
            }
        };
    }

    @Override
    public void close() {
        life.close();
    }

    private synchronized void free() {
        networks.values().forEach(VictimNetwork::close);
    }
}
