package dev.clap4j.internal.training;

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
 * The second stage of training: encodes each distinct text or image once, when an interval first needs it, or earlier
 * where that is cheaper ({@link Encoders.Sharing}). Inputs used in a single step are encoded together for all steps of
 * an interval; their features are deleted after it.
 *
 * <p>Inputs are encoded in blocks, and each block is written atomically to its own file, so an interrupted run encodes
 * no block twice. The division into blocks depends on the plan alone, so a resumed run gets bit-identical features.
 *
 * @param <K> the type of inputs that are encoded once and shared by steps
 * @param <V> the type of inputs that are encoded for a single step
 */
final class EncoderPass<K, V> {
    private static final String TENSOR = "features";

    private final Encoders<K, V> encoders;
    private final Plan<K, V> plan;
    private final int intervals;
    private final Path folder;
    private final Map<K, float[]> features = new HashMap<>();

    /**
     * Creates a pass that has not encoded anything yet.
     *
     * @param intervals the number of intervals
     * @param folder the folder of the feature files
     */
    EncoderPass(Encoders<K, V> encoders, Plan<K, V> plan, int intervals, Path folder) {
        this.encoders = encoders;
        this.plan = plan;
        this.intervals = intervals;
        this.folder = folder;
    }

    /**
     * Encodes the inputs of an interval. Intervals must be encoded in order.
     *
     * @param number the index of the interval, which is part of the file names
     * @param work is told of each interval that is planned; receives the number of inputs, and is advanced by every
     *     input, encoded or read from a file
     * @throws dev.clap4j.StoppedException if the work is to stop
     */
    EncodedInterval<K, V> encode(int number, Work work) {
        List<K> lasting = newThings(number, work);
        List<? extends PlannedBatch<K, V>> steps = plan.interval(number);
        List<V> passing =
                steps.stream().flatMap(step -> step.passing().stream()).toList();
        Steps encoding = work.begin(lasting.size(), passing.size());
        encodeLasting(number, lasting, encoding);
        List<float[]> rows = blocks("passing-" + number, passing, encoders.passing(), encoding);
        return new EncodedInterval<>(encoders.dim(), steps, features, rows);
    }

    /** Restores the shared features that an earlier run encoded for an interval. */
    void remember(int number, Work work) {
        List<K> lasting = newThings(number, work);
        encodeLasting(number, lasting, work.begin(lasting.size(), 0));
    }

    private void encodeLasting(int number, List<K> things, Steps steps) {
        List<float[]> rows = blocks("lasting-" + number, things, encoders.lasting(), steps);
        for (int i = 0; i < things.size(); i++) {
            features.put(things.get(i), rows.get(i));
        }
    }

    /** Receives the amount of work of an interval. */
    interface Work {
        /**
         * Called before an interval is planned, of several that are encoded together.
         *
         * @throws dev.clap4j.StoppedException if the work is to stop
         */
        void planning(int interval, int intervals);

        /** Begins encoding; the returned steps are advanced by each input. */
        Steps begin(int lasting, int passing);
    }

    /**
     * Returns the shared inputs to encode at an interval: those of all intervals encoded together with it that have no
     * features yet.
     */
    private List<K> newThings(int number, Work work) {
        int together = encoders.sharing().intervals();
        if (number % together != 0) {
            return List.of();
        }
        Set<K> things = new LinkedHashSet<>();
        int planned = Math.min(together, intervals - number);
        for (int ahead = 0; ahead < planned; ahead++) {
            work.planning(ahead, planned);
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

    /** Returns the features of a block encoded by an earlier run; empty if the file is missing or unusable. */
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
