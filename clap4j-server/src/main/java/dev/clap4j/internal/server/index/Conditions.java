package dev.clap4j.internal.server.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.server.api.Fields;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.search.SearchFilter;
import java.util.List;
import java.util.Set;

/** The part of a request that says which pictures it is about. */
record Conditions(SearchFilter filter, int top) {
    private static final int USUAL = 24;
    private static final int MOST = 200;

    static Conditions of(JsonNode body, ServedIndex index) {
        int top = Fields.count(body, "top").orElse(USUAL);
        if (top > MOST) {
            throw ApiException.bad("top", "At most " + MOST + " pictures are expected");
        }
        SearchFilter filter = SearchFilter.NONE
                .withClasses(names(body, "classes", index.info().classes()))
                .withStyles(names(body, "styles", index.info().styles()));
        return new Conditions(filter, top);
    }

    private static Set<String> names(JsonNode body, String field, List<String> known) {
        List<String> names = Fields.texts(body, field).orElse(List.of());
        for (int i = 0; i < names.size(); i++) {
            if (!known.contains(names.get(i))) {
                throw ApiException.bad(
                        field + "[" + i + "]",
                        known.isEmpty()
                                ? "The index has no " + field
                                : "The index has no such name; it has " + String.join(", ", known));
            }
        }
        return Set.copyOf(names);
    }
}
