package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The tensors of a file under OpenAI's names: exactly those of the architecture, in their shapes, with finite values.
 *
 * <p>Names and shapes are checked on creation, values when a tensor is first read.
 */
final class CheckpointWeights implements TensorSource {
    /** Tensors in checkpoints that are not weights: counters, masks and sizes implied by the architecture. */
    private static final Pattern BUFFER =
            Pattern.compile("(.*\\.)?(position_ids|token_type_ids|num_batches_tracked|attn_mask)"
                    + "|input_resolution|context_length|vocab_size");

    private final TensorFile file;
    private final Naming naming;
    private final Map<String, long[]> shapes;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    private CheckpointWeights(TensorFile file, Naming naming, Map<String, long[]> shapes) {
        this.file = file;
        this.naming = naming;
        this.shapes = shapes;
    }

    /**
     * Checks a file against the requirements of its model.
     *
     * @throws ClapException naming tensors that are missing, unexpected, or of the wrong shape
     */
    static CheckpointWeights of(TensorFile file, Naming naming, ModelConfig config) {
        Map<String, long[]> shapes = config.architecture().shapes().asMap();
        CheckpointWeights weights = new CheckpointWeights(file, naming, shapes);
        weights.requireAll(config);
        weights.requireShapes(config);
        weights.requireNothingElse(config);
        return weights;
    }

    private void requireAll(ModelConfig config) {
        List<String> missing = shapes.keySet().stream()
                .flatMap(name -> naming.recipe(name).sources().stream())
                .filter(source -> !file.contains(source))
                .toList();
        missing.stream().filter(file.unreadable()::containsKey).findFirst().ifPresent(name -> {
            throw new ClapException(file.path() + ": tensor " + name + " is a "
                    + file.unreadable().get(name) + ", which only Python can make; save it as a plain tensor");
        });
        if (!missing.isEmpty()) {
            throw new ClapException(file.path() + " lacks " + (missing.size() == 1 ? "tensor " : "tensors ")
                    + Names.preview(missing) + ", which the model needs according to " + config.source());
        }
    }

    private void requireShapes(ModelConfig config) {
        shapes.forEach((name, shape) -> naming.recipe(name).sourceShapes(shape).forEach((source, expected) -> {
            TensorInfo found = file.info(source);
            if (!Arrays.equals(found.shape(), expected) && !isSingle(found, expected)) {
                throw new ClapException(file.path() + ": tensor " + source + " has the shape "
                        + Arrays.toString(found.shape()) + ", expected " + Arrays.toString(expected) + " according to "
                        + config.source());
            }
            if (!found.type().isFloat()) {
                throw new ClapException(file.path() + ": tensor " + found + " should hold floating-point numbers");
            }
        }));
    }

    /** Returns whether a scalar is stored as a vector of one element. */
    private static boolean isSingle(TensorInfo found, long[] expected) {
        return expected.length == 0 && found.elements() == 1;
    }

    private void requireNothingElse(ModelConfig config) {
        Set<String> needed = ConcurrentHashMap.newKeySet();
        shapes.keySet().forEach(name -> needed.addAll(naming.recipe(name).sources()));
        List<String> extra = file.names().stream()
                .filter(name -> !needed.contains(name) && !BUFFER.matcher(name).matches())
                .filter(name -> !config.isUnused(name))
                .toList();
        if (!extra.isEmpty()) {
            throw new ClapException(file.path() + " has " + (extra.size() == 1 ? "a tensor" : "tensors")
                    + " that no CLIP model of its geometry has: " + Names.preview(extra)
                    + "; it is another kind of model, or its configuration belongs to another");
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(shapes.keySet());
    }

    @Override
    public TensorData get(String name) {
        long[] shape = shapes.get(name);
        if (shape == null) {
            throw new ClapException(file.path() + " has no tensor " + name + "; it has " + Names.preview(names()));
        }
        return naming.recipe(name).make(name, file, this::checkOnce).reshape(shape);
    }

    private TensorData checkOnce(TensorData stored) {
        if (!checked.contains(stored.name())) {
            FiniteCheck.requireFinite(file.path(), stored);
            checked.add(stored.name());
        }
        return stored;
    }

    /** Returns name, shape and stored type of every tensor. */
    List<TensorInfo> infos() {
        List<TensorInfo> infos = new ArrayList<>();
        shapes.forEach((name, shape) -> infos.add(new TensorInfo(
                name, file.info(naming.recipe(name).sources().get(0)).type(), shape)));
        return infos;
    }

    /** Reads one element of a tensor, by its index in row-major order, without creating the tensor. */
    float sample(String name, long index) {
        return naming.recipe(name).sample(file, shapes.get(name), index);
    }
}
