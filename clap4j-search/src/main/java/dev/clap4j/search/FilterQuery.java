package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Conditions in Lucene's words. */
final class FilterQuery {
    private FilterQuery() {}

    /**
     * Returns the query of some conditions.
     *
     * @throws ClapException if the index does not have one of the classes or styles
     */
    static Query of(SearchFilter filter, IndexInfo info) {
        require(filter.classes(), info.classes(), "class");
        require(filter.styles(), info.styles(), "style");
        require(filter.otherStyles(), info.styles(), "style");
        if (filter.equals(SearchFilter.NONE)) {
            return new MatchAllDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder().add(new MatchAllDocsQuery(), BooleanClause.Occur.FILTER);
        anyOf(all, ImageDocument.CLASS, filter.classes());
        anyOf(all, ImageDocument.STYLE, filter.styles());
        filter.otherStyles()
                .forEach(style ->
                        all.add(new TermQuery(new Term(ImageDocument.STYLE, style)), BooleanClause.Occur.MUST_NOT));
        if (!filter.folders().isEmpty()) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            filter.folders().forEach(folder -> any.add(below(folder), BooleanClause.Occur.SHOULD));
            all.add(any.build(), BooleanClause.Occur.FILTER);
        }
        if (!filter.from().equals(Instant.MIN) || !filter.to().equals(Instant.MAX)) {
            all.add(
                    LongPoint.newRangeQuery(
                            ImageDocument.MODIFIED, millis(filter.from()), Math.addExact(millis(filter.to()), -1)),
                    BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private static Query below(Path folder) {
        return new PrefixQuery(new Term(ImageDocument.PATH, SearchFilter.beginning(folder)));
    }

    private static void anyOf(BooleanQuery.Builder all, String field, Set<String> values) {
        if (!values.isEmpty()) {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            values.forEach(value -> any.add(new TermQuery(new Term(field, value)), BooleanClause.Occur.SHOULD));
            all.add(any.build(), BooleanClause.Occur.FILTER);
        }
    }

    private static long millis(Instant time) {
        if (time.equals(Instant.MIN)) {
            return Long.MIN_VALUE + 1;
        }
        return time.equals(Instant.MAX) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    private static void require(Set<String> wanted, List<String> known, String kind) {
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new ClapException((known.isEmpty()
                                ? "The pictures of the index have no " + kind
                                : "The index knows no " + kind + " \"" + Names.brief(name) + "\"; it knows "
                                        + Names.preview(known))
                        + "; words are given when pictures are indexed");
            }
        }
    }
}
