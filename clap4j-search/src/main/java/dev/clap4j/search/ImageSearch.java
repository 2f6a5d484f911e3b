package dev.clap4j.search;

import dev.clap4j.Clip;
import dev.clap4j.internal.search.QueryFeature;
import java.util.List;

/**
 * Search in an index with the model that made it. With a head in the model, similarity is about what pictures
 * show more than about their style.
 *
 * <p>Thread-safe. It owns neither the index nor the model.
 */
public final class ImageSearch {
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
     * @throws dev.clap4j.ClapException if a text has too many tokens, an image cannot be decoded, the index has no such class or
     *     style, the index is damaged, or the parts of the query cancel out
     */
    public List<FoundImage> find(SearchQuery query) {
        return index.nearest(feature(query), query.filter(), query.top(), query.exact());
    }

    private float[] feature(SearchQuery query) {
        QueryFeature feature = new QueryFeature(clip.dimension());
        if (!query.texts().isEmpty()) {
            feature.with(clip.embedTexts(query.texts()));
        }
        if (!query.images().isEmpty()) {
            feature.with(clip.embed(query.images()));
        }
        if (!query.unwanted().isEmpty()) {
            feature.without(clip.embedTexts(query.unwanted()));
        }
        return feature.unit();
    }
}
