package dev.clap4j.feature;

import dev.clap4j.ClapException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Features prepared for comparison with many queries, such as images with texts or with other images. The search is
 * exact and uses all processors.
 *
 * <p>Immutable and thread-safe.
 */
public final class Gallery {
    /** The most similar first; ties go to the lower row. */
    private static final Comparator<Neighbour> BEST_FIRST =
            Comparator.comparing(Neighbour::similarity).reversed().thenComparing(Neighbour::row);

    private final List<String> ids;
    private final int dim;
    /** The normalised rows as columns, {@code [dim, n]}, so that the inner loop runs over contiguous memory. */
    private final float[] columns;

    private Gallery(FeatureMatrix features) {
        this.ids = features.ids();
        this.dim = features.dim();
        this.columns = transposed(features.normalised().values(), ids.size(), dim);
    }

    /**
     * Creates a gallery.
     *
     * @param features {@code [n, dim]}, normalised or not
     */
    public static Gallery of(FeatureMatrix features) {
        return new Gallery(features);
    }

    private static float[] transposed(float[] rows, int n, int dim) {
        float[] columns = new float[rows.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < dim; j++) {
                columns[j * n + i] = rows[i * dim + j];
            }
        }
        return columns;
    }

    /** The ids of the rows. */
    public List<String> ids() {
        return ids;
    }

    /**
     * Returns the cosine similarities between queries and rows.
     *
     * @param queries {@code [q, dim]}, normalised or not
     * @return {@code [q][n]}, each from -1 to 1
     * @throws ClapException if the queries have another dimension
     */
    public float[][] similarity(FeatureMatrix queries) {
        float[] unit = unit(queries);
        float[][] cosines = new float[queries.rows()][];
        IntStream.range(0, queries.rows()).parallel().forEach(row -> cosines[row] = cosines(unit, row));
        return cosines;
    }

    /**
     * Returns the rows most similar to each query.
     *
     * @param queries {@code [q, dim]}, normalised or not
     * @param k the number of neighbours, at least 1; all rows if there are fewer
     * @return the neighbours of each query, the most similar first; ties go to the lower row
     * @throws ClapException if the queries have another dimension, or {@code k} is below 1
     */
    public List<List<Neighbour>> nearest(FeatureMatrix queries, int k) {
        if (k < 1) {
            throw new ClapException("The number of neighbours should be at least 1, not " + k);
        }
        float[] unit = unit(queries);
        return IntStream.range(0, queries.rows())
                .parallel()
                .mapToObj(row -> nearest(cosines(unit, row), k))
                .toList();
    }

    private float[] unit(FeatureMatrix queries) {
        if (queries.dim() != dim) {
            throw new ClapException(
                    "These features have " + queries.dim() + " values, those they are compared with have " + dim
                            + "; both must come from the same model and head");
        }
        return queries.normalised().values();
    }

    private float[] cosines(float[] queries, int row) {
        int n = ids.size();
        float[] cosines = new float[n];
        for (int j = 0; j < dim; j++) {
            float x = queries[row * dim + j];
            int column = j * n;
            for (int i = 0; i < n; i++) {
                cosines[i] += x * columns[column + i];
            }
        }
        return cosines;
    }

    private List<Neighbour> nearest(float[] cosines, int k) {
        PriorityQueue<Neighbour> best = new PriorityQueue<>(BEST_FIRST.reversed());
        for (int i = 0; i < cosines.length; i++) {
            if (best.size() < k) {
                best.add(new Neighbour(ids.get(i), i, cosines[i]));
            } else if (cosines[i] > best.element().similarity()) {
                best.remove();
                best.add(new Neighbour(ids.get(i), i, cosines[i]));
            }
        }
        return best.stream().sorted(BEST_FIRST).toList();
    }
}
