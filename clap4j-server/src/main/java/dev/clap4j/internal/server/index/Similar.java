package dev.clap4j.internal.server.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.server.api.Bodies;
import dev.clap4j.internal.server.api.Fields;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.search.FoundImage;
import dev.clap4j.search.IndexFeatures;
import dev.clap4j.search.SearchFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code POST /v1/similar}: pictures of the index like one of them, those in other styles first. No model runs: all
 * features are in the index.
 */
public final class Similar {
    private static final Set<String> FIELDS = Set.of("id", "other_styles", "classes", "styles", "top", "clap");

    private final ServedIndexes indexes;

    /** Creates the handler. */
    public Similar(ServedIndexes indexes) {
        this.indexes = indexes;
    }

    /** Answers a request. */
    public Reply answer(Exchange exchange) {
        JsonNode body = Bodies.json(exchange);
        Json.requireOnly(body, "", FIELDS);
        String id =
                Fields.text(body, "id").orElseThrow(() -> ApiException.bad("id", "The id of a picture is expected"));
        ServedIndex index = indexes.get(Fields.flag(body, "clap"));
        Conditions conditions = Conditions.of(body, index);
        IndexFeatures.Entry entry =
                ServedIndexes.entry(indexes.ids(), index, id).orElseThrow(ApiException::notFound);
        List<FoundImage> found = find(
                index.features(),
                entry,
                conditions,
                Fields.flag(body, "other_styles").orElse(true));
        return Reply.json(Shown.Found.of(index.withHead(), found, indexes.ids()));
    }

    private static List<FoundImage> find(
            IndexFeatures features, IndexFeatures.Entry entry, Conditions conditions, boolean otherStyles) {
        int top = conditions.top();
        List<FoundImage> found = new ArrayList<>();
        if (otherStyles && entry.image().style().isPresent()) {
            SearchFilter others = conditions
                    .filter()
                    .withOtherStylesThan(Set.of(entry.image().style().get()));
            found.addAll(features.nearest(entry.feature(), others, top));
        }
        if (found.size() < top) {
            Set<java.nio.file.Path> known = new java.util.HashSet<>();
            known.add(entry.image().path());
            found.forEach(one -> known.add(one.image().path()));
            features.nearest(entry.feature(), conditions.filter(), top + 1).stream()
                    .filter(one -> !known.contains(one.image().path()))
                    .limit(top - found.size())
                    .forEach(found::add);
        }
        return found;
    }
}
