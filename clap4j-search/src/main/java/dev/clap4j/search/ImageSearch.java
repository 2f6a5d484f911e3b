package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.feature.FeatureMatrix;
import java.util.List;

/**
 * Search in an index with the model that made it. With a head in the model, similarity is about what pictures
 * show more than about their style.
 *
 * <p>Thread-safe. It owns neither the index nor the model.
 */
public final class ImageSearch {
    /** The weight of an unwanted text. With as much as the wanted one, all that texts have in common would cancel out. */
    private static final double UNWANTED = 0.5;

    private final ImageIndex index;
    private final Clip clip;

    ImageSearch(ImageIndex index, Clip clip) {
        this.index = index;
        this.clip = clip;
    }

    /**
     * Returns the pictures most similar to a query, the most similar first. Texts and pictures count alike: the query is
     * the sum of their features of length 1, less half of each unwanted one.
     *
     * @throws ClapException if a text has too many tokens, an image cannot be decoded, the index has no such class or
     *     style, the index is damaged, or the parts of the query cancel out
     */
    public List<FoundImage> find(SearchQuery query) {
        return index.nearest(feature(query), query.filter(), query.top(), query.exact());
    }

    private float[] feature(SearchQuery query) {
        double[] sum = new double[clip.dimension()];
        if (!query.texts().isEmpty()) {
            add(sum, clip.embedTexts(query.texts()), 1);
        }
        if (!query.images().isEmpty()) {
            add(sum, clip.embed(query.images()), 1);
        }
        if (!query.unwanted().isEmpty()) {
            add(sum, clip.embedTexts(query.unwanted()), -UNWANTED);
        }
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

    private static void add(double[] sum, FeatureMatrix features, double weight) {
        float[] unit = features.normalised().values();
        for (int i = 0; i < unit.length; i++) {
            sum[i % sum.length] += weight * unit[i];
        }
    }
}
