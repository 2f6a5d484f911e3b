package dev.clap4j.internal.search;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;

/** The feature of a query of several parts: those wanted count alike, less half of each that is not wanted. */
public final class QueryFeature {
    /** The weight of an unwanted text. With as much as the wanted one, all that texts have in common would cancel out. */
    private static final double UNWANTED = 0.5;

    private final double[] sum;

    /** Begins with nothing. */
    public QueryFeature(int dimension) {
        sum = new double[dimension];
    }

    /** Adds parts that are wanted. */
    public QueryFeature with(FeatureMatrix wanted) {
        return add(wanted, 1);
    }

    /** Adds parts that are not wanted. */
    public QueryFeature without(FeatureMatrix unwanted) {
        return add(unwanted, -UNWANTED);
    }

    private QueryFeature add(FeatureMatrix features, double weight) {
        float[] unit = features.normalised().values();
        for (int i = 0; i < unit.length; i++) {
            sum[i % sum.length] += weight * unit[i];
        }
        return this;
    }

    /**
     * Returns the feature, of length 1.
     *
     * @throws ClapException if the parts cancel out
     */
    public float[] unit() {
        float[] values = new float[sum.length];
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            values[i] = (float) sum[i];
            squares += sum[i] * sum[i];
        }
        if (squares == 0) {
            throw new ClapException("The parts of the query cancel each other out; search for something else");
        }
        return new FeatureMatrix(List.of("query"), sum.length, values)
                .normalised()
                .values();
    }
}
