package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The second of training's three parts: turns each distinct text or image into a feature once, when an interval first needs
 * it, or earlier where that is cheaper ({@link Encoders.Sharing}). What is one step's alone is encoded together for all
 * steps of an interval and forgotten behind it.
 *
 * <p>Things are encoded in blocks, each a file of its own, written whole; so an interrupted run encodes no block twice.
 * How they fall into blocks follows from the plan alone, so the features of a resumed run have the same bits.
 *
 * @param <K> what is encoded once
 * @param <V> what is encoded for one step alone
 */
final class EncoderPass<K, V> {
    private static final String TENSOR = "features";

    private final Encoders<K, V> encoders;
    private final Plan<K, V> plan;
    private final int intervals;
    private final Path folder;
    private final Map<K, float[]> features = new HashMap<>();

    /**
     * A pass that has encoded nothing.
     *
     * @param intervals how many there are
     * @param folder where features are kept
     */
    EncoderPass(Encoders<K, V> encoders, Plan<K, V> plan, int intervals, Path folder) {
        this.encoders = encoders;
        this.plan = plan;
        this.intervals = intervals;
        this.folder = folder;
    }

    /**
     * The features of an interval's steps. Intervals come one after the other.
     *
     * @param number the interval's; it names the files
     * @param work told what there is to encode; advanced by all of it, read from files or not
     */
    EncodedInterval<K, V> encode(int number, Work work) {
        List<? extends PlannedBatch<K, V>> steps = plan.interval(number);
        List<K> lasting = newThings(number);
        List<V> passing =
                steps.stream().flatMap(step -> step.passing().stream()).toList();
        Steps encoding = work.begin(lasting.size(), passing.size());
        encodeLasting(number, lasting, encoding);
        List<float[]> rows = blocks("passing-" + number, passing, encoders.passing(), encoding);
        return new EncodedInterval<>(encoders.dim(), steps, features, rows);
    }

    /** Takes up what an interval that an earlier run has been through had encoded once and for all. */
    void remember(int number, Work work) {
        List<K> lasting = newThings(number);
        encodeLasting(number, lasting, work.begin(lasting.size(), 0));
    }

    private void encodeLasting(int number, List<K> things, Steps steps) {
        List<float[]> rows = blocks("lasting-" + number, things, encoders.lasting(), steps);
        for (int i = 0; i < things.size(); i++) {
            features.put(things.get(i), rows.get(i));
        }
    }

    /** What an interval has to encode. */
    @FunctionalInterface
    interface Work {
        /** There is so much; it is advanced as it is done. */
        Steps begin(int lasting, int passing);
    }

    /** What no earlier interval had and this one, or one that is encoded with it, has. */
    private List<K> newThings(int number) {
        int together = encoders.sharing().intervals();
        if (number % together != 0) {
            return List.of();
        }
        Set<K> things = new LinkedHashSet<>();
        for (int ahead = 0; ahead < Math.min(together, intervals - number); ahead++) {
            plan.interval(number + ahead).forEach(step -> things.addAll(step.lasting()));
        }
        things.removeAll(features.keySet());
        return encoders.sharing().order().apply(new ArrayList<>(things));
    }

    private <T> List<float[]> blocks(String name, List<T> things, Encoding<T> encoding, Steps steps) {
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < things.size(); start += encoders.block()) {
            List<T> block = things.subList(start, Math.min(things.size(), start + encoders.block()));
            Path file = folder.resolve(name + "-" + start / encoders.block() + ".safetensors");
            Optional<TensorData> kept = kept(file, block.size());
            if (kept.isPresent()) {
                steps.advance(block.size());
                addRows(rows, kept.get());
            } else {
                FeatureMatrix encoded = encoding.encode(block, steps);
                TensorData values = TensorData.of(TENSOR, encoded.values(), block.size(), encoded.dim());
                SealedTensors.write(file, Map.of(), List.of(values));
                addRows(rows, values);
            }
        }
        return rows;
    }

    /** The features of a block that an earlier run has encoded; nothing if its file is damaged. */
    private Optional<TensorData> kept(Path file, int rows) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            TensorData block = SealedTensors.open(file).get(TENSOR);
            return Arrays.equals(block.shape(), new long[] {rows, encoders.dim()})
                    ? Optional.of(block)
                    : Optional.empty();
        } catch (ClapException e) {
            return Optional.empty();
        }
    }

    private static void addRows(List<float[]> rows, TensorData block) {
        float[] values = block.toFloats();
        int dim = (int) block.shape()[1];
        for (int start = 0; start < values.length; start += dim) {
            rows.add(Arrays.copyOfRange(values, start, start + dim));
        }
    }
}
