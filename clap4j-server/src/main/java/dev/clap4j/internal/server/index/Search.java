package dev.clap4j.internal.server.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.search.QueryFeature;
import dev.clap4j.internal.server.api.Bodies;
import dev.clap4j.internal.server.api.Fields;
import dev.clap4j.internal.server.api.InputReader;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Exchange.Outcome;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.model.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/search}: pictures of the index that a text or a picture describes. */
public final class Search {
    private static final Set<String> FIELDS = Set.of("text", "image", "not", "classes", "styles", "top", "clap");

    private final ServedModel model;
    private final ServedIndexes indexes;
    private final InputReader reader;

    /** Creates the handler. */
    public Search(ServedModel model, ServedIndexes indexes, InputReader reader) {
        this.model = model;
        this.indexes = indexes;
        this.reader = reader;
    }

    /** Answers a request. */
    public Reply answer(Exchange exchange) {
        JsonNode body = Bodies.json(exchange);
        Json.requireOnly(body, "", FIELDS);
        List<Input> wanted = new ArrayList<>();
        Fields.text(body, "text").ifPresent(text -> wanted.add(model.text("text", text)));
        Fields.text(body, "image").ifPresent(image -> wanted.add(reader.picture("image", image, exchange.call())));
        if (wanted.isEmpty()) {
            throw ApiException.bad("text", "A text or an image to search for is expected");
        }
        Optional<Input> unwanted = Fields.text(body, "not").map(text -> model.text("not", text));
        ServedIndex index = indexes.get(Fields.flag(body, "clap"));
        Conditions conditions = Conditions.of(body, index);
        List<Input> all = new ArrayList<>(wanted);
        unwanted.ifPresent(all::add);
        List<float[]> rows = encode(all, exchange);
        return model.use(
                Optional.empty(),
                Optional.of(index.withHead()),
                variant -> Reply.json(Shown.Found.of(
                        variant.clap(),
                        index.features()
                                .nearest(feature(rows, wanted.size(), variant), conditions.filter(), conditions.top()),
                        indexes.ids())));
    }

    private List<float[]> encode(List<Input> inputs, Exchange exchange) {
        List<float[]> rows = new ArrayList<>();
        List<Outcome> outcomes = model.encode(inputs, exchange);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).error() != null) {
                throw ApiException.bad(
                        inputs.get(i).param(), outcomes.get(i).error().getMessage());
            }
            rows.add(outcomes.get(i).row());
        }
        return rows;
    }

    private float[] feature(List<float[]> rows, int wanted, Variant variant) {
        QueryFeature feature = new QueryFeature(model.dimension());
        feature.with(variant.apply(Encoders.matrix(rows.subList(0, wanted))));
        if (rows.size() > wanted) {
            feature.without(variant.apply(Encoders.matrix(rows.subList(wanted, rows.size()))));
        }
        try {
            return feature.unit();
        } catch (ClapException e) {
            throw ApiException.bad("not", e.getMessage());
        }
    }
}
