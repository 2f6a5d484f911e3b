package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query: texts and pictures that results should be like, texts that they should not be like, and conditions.
 *
 * @param texts texts that describe the pictures wanted
 * @param images pictures like those wanted
 * @param unwanted texts that describe other pictures; each counts half as much as the rest of the query
 * @param filter conditions on the results
 * @param top the number of results, at least 1
 * @param exact whether all pictures are compared, however many there are
 */
public record SearchQuery(
        List<String> texts, List<Image> images, List<String> unwanted, SearchFilter filter, int top, boolean exact) {
    private static final int TOP = 10;
    private static final int MOST = 10_000;

    /**
     * Makes the lists unmodifiable.
     *
     * @throws ClapException if there is neither a text nor a picture, a text is empty, or the number of results is not from
     *     1 to 10,000
     */
    public SearchQuery {
        texts = List.copyOf(texts);
        images = List.copyOf(images);
        unwanted = List.copyOf(unwanted);
        if (texts.isEmpty() && images.isEmpty()) {
            throw new ClapException("There is nothing to search for; give a text or an image");
        }
        if (Stream.concat(texts.stream(), unwanted.stream()).anyMatch(String::isBlank)) {
            throw new ClapException("A text to search for is empty; leave it out");
        }
        if (top < 1 || top > MOST) {
            throw new ClapException("The number of results should be from 1 to " + MOST + ", not " + top);
        }
    }

    /** Returns a query for pictures that a text describes. */
    public static SearchQuery of(String text) {
        return new SearchQuery(List.of(text), List.of(), List.of(), SearchFilter.NONE, TOP, false);
    }

    /** Returns a query for pictures like another one. */
    public static SearchQuery of(Image image) {
        return new SearchQuery(List.of(), List.of(image), List.of(), SearchFilter.NONE, TOP, false);
    }

    /** Returns this query with one more text. */
    public SearchQuery and(String text) {
        return new SearchQuery(with(texts, text), images, unwanted, filter, top, exact);
    }

    /** Returns this query with one more picture. */
    public SearchQuery and(Image image) {
        return new SearchQuery(texts, with(images, image), unwanted, filter, top, exact);
    }

    /** Returns this query with a text that describes other pictures than those wanted. */
    public SearchQuery butNot(String text) {
        return new SearchQuery(texts, images, with(unwanted, text), filter, top, exact);
    }

    /** Returns this query with other conditions. */
    public SearchQuery withFilter(SearchFilter conditions) {
        return new SearchQuery(texts, images, unwanted, conditions, top, exact);
    }

    /** Returns this query with another number of results. */
    public SearchQuery withTop(int results) {
        return new SearchQuery(texts, images, unwanted, filter, results, exact);
    }

    /** Returns this query with all pictures compared, or only as many as are needed. */
    public SearchQuery withExact(boolean all) {
        return new SearchQuery(texts, images, unwanted, filter, top, all);
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }
}
