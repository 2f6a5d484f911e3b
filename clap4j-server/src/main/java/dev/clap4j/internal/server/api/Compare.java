package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Exchange.Outcome;
import dev.clap4j.internal.server.http.Json;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.Input;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.model.Variant;
import dev.clap4j.prompt.ClassPrompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/compare}: the classes of pictures by the model itself, and with its head at many weights at once. */
public final class Compare {
    private static final Set<String> FIELDS = Set.of("images", "classes", "templates", "alphas");
    private static final int MOST_ALPHAS = 64;

    private final ServedModel model;
    private final InputReader reader;
    private final RequestPrompts prompts;

    /** Creates the handler, for the same requests as another's. */
    public Compare(ServedModel model, InputReader reader, Classify classify) {
        this.model = model;
        this.reader = reader;
        this.prompts = classify.prompts();
    }

    /**
     * An answer.
     *
     * @param alpha the weight that the server uses; null without a head
     * @param alphas empty without a head
     */
    private record Answer(
            String object, String model, Float alpha, List<Float> alphas, List<String> labels, List<Row> data) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Row(int index, float[] clip, List<float[]> clap, ApiException.Details error) {}

    /** Answers a request; pictures that cannot be decoded have an error instead of probabilities. */
    public Reply answer(Exchange exchange) {
        JsonNode body = Bodies.json(exchange);
        Json.requireOnly(body, "", FIELDS);
        List<Input> pictures = reader.inputs(
                "images",
                Fields.get(body, "images")
                        .orElseThrow(() -> ApiException.bad("images", "A list of pictures is expected")),
                true,
                exchange.call());
        for (Input input : pictures) {
            if (!(input instanceof Input.Picture)) {
                throw ApiException.bad(input.param(), "A picture is expected, not a text");
            }
        }
        List<Float> alphas = alphas(body);
        ClassPrompts classes =
                prompts.of(Fields.texts(body, "classes"), Fields.texts(body, "templates"), 1 + alphas.size());
        if ((long) pictures.size() * classes.classes().size() * (1 + alphas.size()) > Classify.MOST_PREDICTIONS) {
            throw ApiException.bad(
                    "alphas", "Pictures times classes times alphas may be " + Classify.MOST_PREDICTIONS + " at most");
        }
        return model.use(
                Optional.empty(),
                Optional.empty(),
                variant -> answer(pictures, classes, variant.clap() ? alphas : List.of(), variant, exchange));
    }

    private static List<Float> alphas(JsonNode body) {
        JsonNode given = Fields.get(body, "alphas")
                .orElseThrow(() -> ApiException.bad("alphas", "A list of weights of the head is expected"));
        if (!given.isArray() || given.size() > MOST_ALPHAS) {
            throw ApiException.bad("alphas", "A list of at most " + MOST_ALPHAS + " numbers is expected");
        }
        List<Float> alphas = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).isNumber() || !Float.isFinite(given.get(i).floatValue())) {
                throw ApiException.bad("alphas[" + i + "]", "A number is expected");
            }
            alphas.add(given.get(i).floatValue());
        }
        return alphas;
    }

    private Reply answer(
            List<Input> pictures, ClassPrompts classes, List<Float> alphas, Variant variant, Exchange exchange) {
        ZeroShotClassifier clip = model.classifier(classes, variant.withoutHead(), exchange);
        List<ZeroShotClassifier> clap = alphas.stream()
                .map(alpha -> model.classifier(classes, variant.withAlpha(alpha), exchange))
                .toList();
        List<Outcome> outcomes = model.encode(pictures, exchange);
        if (outcomes.stream().allMatch(outcome -> outcome.error() != null)) {
            throw ApiException.bad("images[0]", outcomes.get(0).error().getMessage());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            rows.add(row(i, outcomes.get(i), clip, clap, alphas, variant));
        }
        return Reply.json(
                new Answer("comparison", variant.id(), variant.alpha().orElse(null), alphas, classes.classes(), rows));
    }

    private static Row row(
            int index,
            Outcome outcome,
            ZeroShotClassifier clip,
            List<ZeroShotClassifier> clap,
            List<Float> alphas,
            Variant variant) {
        if (outcome.error() != null) {
            return new Row(
                    index,
                    null,
                    null,
                    ApiException.bad("images[" + index + "]", outcome.error().getMessage())
                            .details());
        }
        List<float[]> probabilities = new ArrayList<>();
        for (int a = 0; a < alphas.size(); a++) {
            probabilities.add(probabilities(clap.get(a), variant.withAlpha(alphas.get(a)), outcome));
        }
        return new Row(index, probabilities(clip, variant.withoutHead(), outcome), probabilities, null);
    }

    private static float[] probabilities(ZeroShotClassifier classifier, Variant variant, Outcome outcome) {
        return classifier.probabilities(variant.apply(Encoders.matrix(List.of(outcome.row()))))[0];
    }
}
