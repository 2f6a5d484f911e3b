package dev.clap4j.feature;

import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features of texts or images, {@code [n, dim]}, one row each, with an id for every row.
 *
 * @param ids the n ids of the rows, in order, such as texts or file names; duplicates are allowed
 * @param dim the number of values per row, at least 1
 * @param values {@code n * dim} finite numbers in row-major order; copied on the way in and out
 */
public record FeatureMatrix(List<String> ids, int dim, float[] values) {
    /**
     * Checks sizes and values.
     *
     * @throws IllegalArgumentException if the length of {@code values} is not {@code n * dim}
     * @throws ClapException if a value is NaN or infinite, naming the row
     */
    public FeatureMatrix {
        ids = List.copyOf(ids);
        if (dim < 1 || values.length != (long) ids.size() * dim) {
            throw new IllegalArgumentException(
                    ids.size() + " rows of " + dim + " values cannot be " + values.length + " values");
        }
        values = values.clone();
        checkFinite(ids, dim, values);
    }

    private static void checkFinite(List<String> ids, int dim, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ClapException(
                        "The feature of \"" + ids.get(i / dim) + "\" (row " + i / dim + ") has the value "
                                + values[i] + " at place " + i % dim
                                + " where a finite number is expected; the model's weights or the input are damaged");
            }
        }
    }

    /** Creates a matrix from single rows. */
    public static FeatureMatrix ofRows(List<String> ids, int dim, List<float[]> rows) {
        float[] values = new float[rows.size() * dim];
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != dim) {
                throw new IllegalArgumentException("Row " + i + " has " + rows.get(i).length + " values, not " + dim);
            }
            System.arraycopy(rows.get(i), 0, values, i * dim, dim);
        }
        return new FeatureMatrix(ids, dim, values);
    }

    /**
     * Concatenates the rows of several matrices of the same dimension, such as the batches of
     * {@link dev.clap4j.Clip#embed(java.util.stream.Stream)}.
     *
     * @throws ClapException if there are none, which leaves the dimension unknown, or their dimensions differ
     */
    public static FeatureMatrix concat(List<FeatureMatrix> parts) {
        if (parts.isEmpty()) {
            throw new ClapException("There are no features to concatenate");
        }
        int dim = parts.get(0).dim;
        List<String> ids = new ArrayList<>();
        float[] values = new float[parts.stream().mapToInt(p -> p.values.length).sum()];
        int at = 0;
        for (FeatureMatrix part : parts) {
            if (part.dim != dim) {
                throw new ClapException("Features with " + part.dim + " values cannot follow features with " + dim
                        + "; both must come from the same model and head");
            }
            ids.addAll(part.ids);
            System.arraycopy(part.values, 0, values, at, part.values.length);
            at += part.values.length;
        }
        return new FeatureMatrix(ids, dim, values);
    }

    /** The number of rows n. */
    public int rows() {
        return ids.size();
    }

    /** A copy of all values in row-major order, {@code [n * dim]}. */
    @Override
    public float[] values() {
        return values.clone();
    }

    /** A copy of one row, {@code [dim]}. */
    public float[] row(int i) {
        return Arrays.copyOfRange(values, Math.multiplyExact(i, dim), Math.multiplyExact(i + 1, dim));
    }

    /** Returns the given rows in the given order; a row may be repeated. */
    public FeatureMatrix select(int... rows) {
        return ofRows(
                Arrays.stream(rows).mapToObj(ids::get).toList(),
                dim,
                Arrays.stream(rows).mapToObj(this::row).toList());
    }

    /** Returns consecutive parts of as many rows each; rows that do not fill a part are left out. */
    public List<FeatureMatrix> parts(int rows) {
        return IntStream.range(0, rows() / rows)
                .mapToObj(part ->
                        select(IntStream.range(part * rows, (part + 1) * rows).toArray()))
                .toList();
    }

    /** Returns the same rows with other ids. */
    public FeatureMatrix withIds(List<String> others) {
        return new FeatureMatrix(others, dim, values);
    }

    /** Returns the rows scaled to Euclidean length 1; a row of zeros stays as it is. */
    public FeatureMatrix normalised() {
        float[] unit = new float[values.length];
        for (int start = 0; start < values.length; start += dim) {
            double squares = 0;
            for (int i = start; i < start + dim; i++) {
                squares += (double) values[i] * values[i];
            }
            double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
            for (int i = start; i < start + dim; i++) {
                unit[i] = (float) (values[i] * scale);
            }
        }
        return new FeatureMatrix(ids, dim, unit);
    }

    /**
     * Returns an ensemble of several features per item: the mean of the normalised rows, normalised again (Radford et
     * al. 2021, section 3.1.4).
     *
     * @param members matrices of equal shape whose i-th rows belong together
     * @return as many rows as each member, with the ids of the first
     * @throws IllegalArgumentException if there are no members, or their shapes differ
     */
    public static FeatureMatrix ensemble(List<FeatureMatrix> members) {
        if (members.isEmpty()) {
            throw new IllegalArgumentException("An ensemble has at least one member");
        }
        FeatureMatrix first = members.get(0);
        double[] sums = new double[first.values.length];
        for (FeatureMatrix member : members) {
            if (member.dim != first.dim || member.rows() != first.rows()) {
                throw new IllegalArgumentException("An ensemble's members have the same shape");
            }
            float[] unit = member.normalised().values;
            IntStream.range(0, sums.length).forEach(i -> sums[i] += unit[i]);
        }
        float[] means = new float[sums.length];
        IntStream.range(0, sums.length).forEach(i -> means[i] = (float) (sums[i] / members.size()));
        return new FeatureMatrix(first.ids, first.dim, means).normalised();
    }

    /**
     * Returns the cosine similarities between these rows and those of another matrix.
     *
     * @return {@code [rows][other.rows]}, each from -1 to 1
     * @throws ClapException if the other features have another dimension
     */
    public float[][] similarity(FeatureMatrix other) {
        return Gallery.of(other).similarity(this);
    }

    /**
     * Returns the rows most similar to each query. For repeated calls, create a {@link Gallery}.
     *
     * @param k the number of neighbours, at least 1; all rows if there are fewer
     * @return the neighbours of each query, the most similar first
     * @throws ClapException if the queries have another dimension, or {@code k} is below 1
     */
    public List<List<Neighbour>> nearest(FeatureMatrix queries, int k) {
        return Gallery.of(this).nearest(queries, k);
    }

    /**
     * Writes the features atomically.
     *
     * @param file its extension selects the format: {@code .safetensors}, {@code .npy} or {@code .jsonl}, see {@link
     *     FeatureFiles}
     * @throws ClapException if the extension is unknown or the file cannot be written
     */
    public void save(Path file) {
        FeatureFiles.save(this, file);
    }

    /**
     * Reads features written by {@link #save} or by other programs in these formats.
     *
     * @throws ClapException if the file cannot be read, is damaged or of another shape, or a value is not finite
     */
    public static FeatureMatrix load(Path file) {
        return FeatureFiles.load(file);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureMatrix that
                && dim == that.dim
                && ids.equals(that.ids)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * ids.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "features [" + rows() + ", " + dim + "]";
    }
}
