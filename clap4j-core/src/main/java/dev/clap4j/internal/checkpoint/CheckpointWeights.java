package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The tensors of a file under OpenAI's names: exactly those of the architecture, in their shapes, with finite values.
 *
 * <p>Names and shapes are checked on creation, values when a tensor is first read.
 */
public final class CheckpointWeights implements TensorSource {
    /** Tensors in checkpoints that are not weights: counters, masks and sizes implied by the architecture. */
    private static final Pattern BUFFER =
            Pattern.compile("(.*\\.)?(position_ids|token_type_ids|num_batches_tracked|attn_mask)"
                    + "|input_resolution|context_length|vocab_size");

    private final TensorFile file;
    private final Function<String, Recipe> recipes;
    private final Map<String, long[]> shapes;
    private final Set<String> checked = ConcurrentHashMap.newKeySet();

    private CheckpointWeights(TensorFile file, Function<String, Recipe> recipes, Shapes shapes) {
        this.file = file;
        this.recipes = recipes;
        this.shapes = shapes.asMap();
    }

    /**
     * Checks a file against the requirements of its model.
     *
     * @throws ClapException naming tensors that are missing, unexpected, or of the wrong shape
     */
    static CheckpointWeights of(TensorFile file, Naming naming, ModelConfig config) {
        CheckpointWeights weights = new CheckpointWeights(
                file, naming::recipe, config.architecture().shapes());
        weights.require(config.source(), "CLIP model", config::isUnused);
        return weights;
    }

    /**
     * Checks a file against the requirements of a network.
     *
     * @param names the names in the file of tensors that have another name there
     * @param shapes the tensors of the network
     * @param unused tensors of the file that the network does not need
     * @param config the file that describes the network, for error messages
     * @throws ClapException naming tensors that are missing, unexpected, or of the wrong shape
     */
    public static CheckpointWeights of(
            TensorFile file, NameTable names, Shapes shapes, Set<String> unused, Path config) {
        CheckpointWeights weights =
                new CheckpointWeights(file, name -> names.recipe(name).orElseGet(() -> Recipe.same(name)), shapes);
        weights.require(config.toString(), "network", unused::contains);
        return weights;
    }

    private void require(String source, String kind, Predicate<String> unused) {
        requireAll(source);
        requireShapes(source);
        requireNothingElse(kind, unused);
    }

    private void requireAll(String config) {
        List<String> missing = shapes.keySet().stream()
                .flatMap(name -> recipes.apply(name).sources().stream())
                .filter(source -> !file.contains(source))
                .toList();
        missing.stream().filter(file.unreadable()::containsKey).findFirst().ifPresent(name -> {
            throw new ClapException(file.path() + ": tensor " + name + " is a "
                    + file.unreadable().get(name) + ", which only Python can make; save it as a plain tensor");
        });
        if (!missing.isEmpty()) {
            throw new ClapException(file.path() + " lacks " + (missing.size() == 1 ? "tensor " : "tensors ")
                    + Names.preview(missing) + ", which the model needs according to " + config);
        }
    }

    private void requireShapes(String config) {
        shapes.forEach((name, shape) -> recipes.apply(name).sourceShapes(shape).forEach((source, expected) -> {
            TensorInfo found = file.info(source);
            if (!Arrays.equals(found.shape(), expected) && !isSingle(found, expected)) {
                throw new ClapException(file.path() + ": tensor " + source + " has the shape "
                        + Arrays.toString(found.shape()) + ", expected " + Arrays.toString(expected) + " according to "
                        + config);
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

    private void requireNothingElse(String kind, Predicate<String> unused) {
        Set<String> needed = ConcurrentHashMap.newKeySet();
        shapes.keySet().forEach(name -> needed.addAll(recipes.apply(name).sources()));
        List<String> extra = file.names().stream()
                .filter(name -> !needed.contains(name) && !BUFFER.matcher(name).matches())
                .filter(name -> !unused.test(name))
                .toList();
        if (!extra.isEmpty()) {
            throw new ClapException(file.path() + " has " + (extra.size() == 1 ? "a tensor" : "tensors")
                    + " that no " + kind + " of its geometry has: " + Names.preview(extra)
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
        return recipes.apply(name).make(name, file, this::checkOnce).reshape(shape);
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
                name, file.info(recipes.apply(name).sources().get(0)).type(), shape)));
        return infos;
    }

    /** Reads one element of a tensor, by its index in row-major order, without creating the tensor. */
    float sample(String name, long index) {
        return recipes.apply(name).sample(file, shapes.get(name), index);
    }
}
