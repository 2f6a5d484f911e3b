package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.model.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code POST /v1/similarity}: the cosines between texts and pictures. */
public final class Similarity {
    private static final Set<String> FIELDS = Set.of("inputs", "others", "clap", "model");

    private final ServedModel model;
    private final InputReader reader;

    /** Creates the handler. */
    public Similarity(ServedModel model, InputReader reader) {
        this.model = model;
        this.reader = reader;
    }

    private record Answer(String object, String model, boolean clap, float[][] data) {}

    /** Answers a request; without {@code others}, the inputs are compared with each other. */
    public Reply answer(Exchange exchange) {
        JsonNode body = Bodies.json(exchange);
        Json.requireOnly(body, "", FIELDS);
        Optional<Boolean> clap = Fields.flag(body, "clap");
        return model.use(Fields.text(body, "model"), clap, variant -> answer(body, variant, exchange));
    }

    private Reply answer(JsonNode body, Variant variant, Exchange exchange) {
        List<Input> inputs = Fields.get(body, "inputs")
                .map(node -> reader.inputs("inputs", node, false, exchange.call()))
                .orElseThrow(() -> ApiException.bad("inputs", "Texts or pictures are expected"));
        List<Input> others = Fields.get(body, "others")
                .map(node -> reader.inputs("others", node, false, exchange.call()))
                .orElse(List.of());
        List<Input> all = new ArrayList<>(inputs);
        all.addAll(others);
        reader.requireCount("inputs", all.size());
        FeatureMatrix features = Embeddings.features(model, all, variant, exchange);
        FeatureMatrix rows = features.select(IntStream.range(0, inputs.size()).toArray());
        FeatureMatrix columns = others.isEmpty()
                ? rows
                : features.select(IntStream.range(inputs.size(), all.size()).toArray());
        return Reply.json(new Answer("list", variant.id(), variant.clap(), bounded(rows.similarity(columns))));
    }

    /** Rounding may lead out of the range of cosines. */
    private static float[][] bounded(float[][] cosines) {
        for (float[] row : cosines) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(-1, Math.min(1, row[i]));
            }
        }
        return cosines;
    }
}
