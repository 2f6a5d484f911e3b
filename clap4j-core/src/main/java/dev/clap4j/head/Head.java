package dev.clap4j.head;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.onnx.OrtEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained disentangled network f_c (CLAP, section 3.3): its geometry, weights and provenance. The same head applies
 * to image and text features.
 */
public final class Head {
    private static final Logger LOG = LoggerFactory.getLogger(Head.class);

    static {
        HeadAccess.install(new HeadAccess.Access() {
            @Override
            public Head of(ResidualMlp network, HeadInfo info, List<TensorData> weights) {
                return Head.of(network, info, weights);
            }

            @Override
            public ResidualMlp network(Head head) {
                return head.network();
            }

            @Override
            public TensorSource weights(Head head) {
                return head.weights();
            }

            @Override
            public void requireBackbone(Head head, Checkpoint model) {
                head.requireBackbone(model);
            }
        });
    }

    private final String origin;
    private final ResidualMlp network;
    private final HeadInfo info;
    private final Map<String, TensorData> tensors;

    /**
     * Creates a head from parts that have been checked.
     *
     * @param origin the origin, for messages
     * @param tensors all tensors named by the network's shapes, F32
     */
    Head(String origin, ResidualMlp network, HeadInfo info, Map<String, TensorData> tensors) {
        this.origin = origin;
        this.network = network;
        this.info = info;
        this.tensors = new LinkedHashMap<>(tensors);
    }

    /**
     * Creates a head in memory.
     *
     * @param weights F32 tensors with the names and shapes given by {@link ResidualMlp#shapes}
     * @throws IllegalArgumentException if one is missing or has another shape or type
     */
    static Head of(ResidualMlp network, HeadInfo info, List<TensorData> weights) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        weights.forEach(tensor -> byName.put(tensor.name(), tensor));
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        network.shapes().asMap().forEach((name, shape) -> {
            TensorData tensor = byName.get(name);
            if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
                throw new IllegalArgumentException(name + " should be " + Arrays.toString(shape) + ", is " + tensor);
            }
            tensors.put(name, tensor.toF32());
        });
        return new Head("the new head", network, info, tensors);
    }

    /**
     * Reads a head in clap4j's format, or the text-trained network of a file in the authors' format.
     *
     * @throws ClapException if the file is not a head, or a tensor is missing, mis-shaped or not finite
     */
    public static Head load(Path path) {
        return load(path, TrainedOn.TEXT);
    }

    /**
     * Reads a head, like {@link #load(Path)}.
     *
     * @param which the network to read from a file in the authors' format; clap4j's own files have only one
     */
    public static Head load(Path path, TrainedOn which) {
        return HeadFile.read(path, which);
    }

    /** Writes the head in clap4j's format, atomically. Equal heads give equal bytes. */
    public void save(Path path) {
        SafetensorsFile.write(path, HeadMetadata.of(network, info), new ArrayList<>(tensors.values()));
    }

    /** The network's geometry. */
    ResidualMlp network() {
        return network;
    }

    /** The dimension D of the input features. */
    public int inputDimension() {
        return network.inDim();
    }

    /** The dimension of the output features. */
    public int outputDimension() {
        return network.outDim();
    }

    /** The provenance and the suggested use of the head. */
    public HeadInfo info() {
        return info;
    }

    /** Returns a head with the same weights and other information. */
    public Head withInfo(HeadInfo other) {
        return new Head(origin, network, other, tensors);
    }

    /**
     * Returns this head with only the first {@code repeat} of its additional hidden layers. The authors' code ignores
     * layers beyond the configured number.
     *
     * @param repeat from 0 to the number of additional layers
     */
    public Head withRepeat(int repeat) {
        if (repeat < 0 || repeat > network.repeat()) {
            throw new ClapException(
                    origin + " has " + network.repeat() + " further hidden layers, so not " + repeat + " of them");
        }
        ResidualMlp shallow =
                new ResidualMlp(network.inDim(), network.latentDim(), network.outDim(), repeat, network.activation());
        Map<String, TensorData> kept = new LinkedHashMap<>(tensors);
        kept.keySet().retainAll(shallow.shapes().asMap().keySet());
        return new Head(origin, shallow, info, kept);
    }

    /** The weights, under the authors' names without the prefix. */
    TensorSource weights() {
        return TensorSource.of(tensors, origin);
    }

    /** A digest of everything that determines the output: the weights and the activation. */
    public String fingerprint() {
        TensorSource source = weights();
        return Digests.of(network.activation() + "\n"
                + source.names().stream()
                        .sorted()
                        .map(name -> name + Arrays.toString(source.get(name).shape()) + " " + digest(source.get(name)))
                        .collect(Collectors.joining("\n")));
    }

    private static String digest(TensorData tensor) {
        byte[] bytes = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(bytes);
        return Digests.of(bytes);
    }

    /**
     * Checks that this head fits a model. Heads of earlier versions identify the model by a sample of its weights;
     * these are checked against that sample, with a warning.
     *
     * @throws ClapException if the head was trained on another model, or takes features of another dimension
     */
    void requireBackbone(Checkpoint model) {
        int embedDim = model.architecture().embedDim();
        String trainedOn = info.backboneName().isEmpty() ? "" : " (" + info.backboneName() + ")";
        if (network.inDim() != embedDim) {
            throw new ClapException(origin + " takes features of dimension " + network.inDim() + trainedOn
                    + ", but the model's have " + embedDim + "; use it with the model it was trained on");
        }
        String own = info.backboneFingerprint();
        if (own.isEmpty() || own.equals(model.fingerprint())) {
            return;
        }
        if (!model.wasCalled(own)) {
            throw new ClapException(origin + " was trained on another model"
                    + (trainedOn.isEmpty() ? " (" + Names.brief(own) + ")" : trainedOn)
                    + "; use it with that one, or train a head for this one");
        }
        LOG.warn(
                Names.printable(origin + " is of an earlier version, which looked at no more than a sample of a model's"
                        + " weights; these fit. To be sure, train it again"));
    }

    /**
     * Maps features to content features using ONNX Runtime.
     *
     * @param features {@code [n, D]}, not normalised
     * @param alpha the α of the residual; with 0, features whose dimension does not change stay as they are
     * @return {@code [n, O]}, not normalised, with the same ids
     * @throws ClapException if the features have another dimension, or α is not finite
     */
    public FeatureMatrix apply(FeatureMatrix features, float alpha) {
        try (CompiledHead compiled = CompiledHead.of(this, OrtEngine.create())) {
            return compiled.apply(features, alpha);
        }
    }

    @Override
    public String toString() {
        return origin + ": " + network;
    }
}
