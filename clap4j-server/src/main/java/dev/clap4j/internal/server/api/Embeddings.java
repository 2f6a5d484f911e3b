package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Exchange.Outcome;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.model.Variant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/embeddings}: features of texts and pictures, of length 1, in OpenAI's shape. */
public final class Embeddings {
    private static final Set<String> FIELDS =
            Set.of("model", "input", "messages", "modality", "encoding_format", "dimensions", "user");

    private final ServedModel model;
    private final InputReader reader;

    /** Creates the handler. */
    public Embeddings(ServedModel model, InputReader reader) {
        this.model = model;
        this.reader = reader;
    }

    private record Answer(String object, List<Row> data, String model, Usage usage) {}

    /**
     * A row of an answer.
     *
     * @param embedding numbers, or a string of base64
     */
    private record Row(String object, int index, Object embedding) {}

    private record Usage(int prompt_tokens, int total_tokens, int images) {
        static Usage of(List<Input> inputs) {
            int tokens = inputs.stream()
                    .mapToInt(input -> input instanceof Input.Text text ? text.tokens() : 0)
                    .sum();
            int images = (int)
                    inputs.stream().filter(Input.Picture.class::isInstance).count();
            return new Usage(tokens, tokens, images);
        }
    }

    /** Answers a request. */
    public Reply answer(Exchange exchange) {
        JsonNode body = Bodies.json(exchange);
        Json.requireOnly(body, "", FIELDS);
        boolean base64 = choice(body, "encoding_format", "float", "base64");
        Fields.count(body, "dimensions").filter(d -> d != model.dimension()).ifPresent(d -> {
            throw ApiException.bad(
                    "dimensions", "This model has " + model.dimension() + " dimensions and no other number");
        });
        Optional<String> name = Fields.text(body, "model");
        return model.use(name, Optional.empty(), variant -> answer(body, variant, base64, exchange));
    }

    private Reply answer(JsonNode body, Variant variant, boolean base64, Exchange exchange) {
        List<Input> inputs = inputs(body, exchange);
        FeatureMatrix features = features(model, inputs, variant, exchange);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < features.rows(); i++) {
            float[] row = features.row(i);
            rows.add(new Row("embedding", i, base64 ? base64(row) : row));
        }
        return Reply.json(new Answer("list", rows, variant.id(), Usage.of(inputs)));
    }

    private List<Input> inputs(JsonNode body, Exchange exchange) {
        boolean pictures = choice(body, "modality", "text", "image");
        Optional<JsonNode> input = Fields.get(body, "input");
        Optional<JsonNode> messages = Fields.get(body, "messages");
        if (input.isPresent() == messages.isPresent()) {
            throw ApiException.bad("input", "Either input or messages is expected");
        }
        return input.isPresent()
                ? reader.inputs("input", input.get(), pictures, exchange.call())
                : reader.messages(messages.get(), exchange.call());
    }

    /** Returns whether a field has the second of two values; the first is the default. */
    private static boolean choice(JsonNode body, String name, String first, String second) {
        String given = Fields.text(body, name).orElse(first);
        if (!given.equals(first) && !given.equals(second)) {
            throw ApiException.bad(name, first + " or " + second + " is expected");
        }
        return given.equals(second);
    }

    /**
     * Returns the features of inputs.
     *
     * @throws ApiException if one of them is bad, naming it
     */
    static FeatureMatrix features(ServedModel model, List<Input> inputs, Variant variant, Exchange exchange) {
        List<Outcome> outcomes = model.encode(inputs, exchange);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).error() != null) {
                throw ApiException.bad(
                        inputs.get(i).param(), outcomes.get(i).error().getMessage());
            }
        }
        return variant.apply(Encoders.matrix(outcomes.stream().map(Outcome::row).toList()));
    }

    private static String base64(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(row);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
