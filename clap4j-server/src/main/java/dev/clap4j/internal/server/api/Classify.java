package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.Classification;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Exchange.Outcome;
import dev.clap4j.internal.server.http.Form;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.model.Variant;
import dev.clap4j.prompt.ClassPrompts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/classify}: which of some classes pictures show. */
public final class Classify {
    private static final int PARTS_BESIDES = 1024;

    /** All answers to one request; each is an object of some 70 bytes in the answer. */
    static final int MOST_PREDICTIONS = 100_000;

    private final ServedModel model;
    private final InputReader reader;
    private final RequestPrompts prompts;
    private final int mostInputs;

    /**
     * Creates the handler.
     *
     * @param usual the classes of requests that name none
     */
    public Classify(
            ServedModel model, InputReader reader, Optional<ClassPrompts> usual, int mostInputs, int mostPrompts) {
        this.model = model;
        this.reader = reader;
        this.prompts = new RequestPrompts(usual, mostPrompts);
        this.mostInputs = mostInputs;
    }

    private record Answer(String object, String model, boolean clap, List<Row> data) {}

    private record Row(
            int index,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name,
            @JsonInclude(JsonInclude.Include.NON_NULL) List<Guess> predictions,
            @JsonInclude(JsonInclude.Include.NON_NULL) ApiException.Details error) {}

    private record Guess(String label, float score, float probability) {}

    /** Answers a request; pictures that cannot be decoded have an error instead of predictions. */
    public Reply answer(Exchange exchange) {
        ClassifyRequest request = Bodies.isForm(exchange)
                ? ClassifyRequest.of(
                        Form.read(exchange.header("Content-Type"), exchange.body(), mostInputs + PARTS_BESIDES), reader)
                : ClassifyRequest.of(Bodies.json(exchange, Form.TYPE), reader, exchange.call());
        ClassPrompts classes = prompts.of(request.classes(), request.templates(), 1);
        return model.use(request.model(), request.clap(), variant -> answer(request, classes, variant, exchange));
    }

    RequestPrompts prompts() {
        return prompts;
    }

    private static void requireFewPredictions(int pictures, int each) {
        if ((long) pictures * each > MOST_PREDICTIONS) {
            throw ApiException.bad(
                    "top",
                    pictures + " pictures with " + each + " predictions each are more than " + MOST_PREDICTIONS
                            + "; ask for fewer of the best, or send fewer pictures");
        }
    }

    private Reply answer(ClassifyRequest request, ClassPrompts prompts, Variant variant, Exchange exchange) {
        int top = Math.min(
                request.top().orElse(Integer.MAX_VALUE), prompts.classes().size());
        requireFewPredictions(request.pictures().size(), top);
        ZeroShotClassifier classifier = model.classifier(prompts, variant, exchange);
        List<Outcome> outcomes = model.encode(request.pictures(), exchange);
        if (outcomes.stream().allMatch(outcome -> outcome.error() != null)) {
            throw ApiException.bad("images[0]", outcomes.get(0).error().getMessage());
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            String name = request.names().get(i).orElse(null);
            rows.add(
                    outcome.error() == null
                            ? new Row(i, name, guesses(classifier, variant, outcome.row(), top), null)
                            : new Row(i, name, null, error(i, outcome)));
        }
        return Reply.json(new Answer("list", variant.id(), variant.clap(), rows));
    }

    private static ApiException.Details error(int index, Outcome outcome) {
        return ApiException.bad("images[" + index + "]", outcome.error().getMessage())
                .details();
    }

    private static List<Guess> guesses(ZeroShotClassifier classifier, Variant variant, float[] row, int top) {
        Classification found = classifier
                .classify(variant.apply(Encoders.matrix(List.of(row))))
                .get(0);
        return found.top(top).stream()
                .map(best -> new Guess(best.className(), best.score(), best.probability()))
                .toList();
    }
}
