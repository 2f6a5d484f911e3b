package dev.clap4j.internal.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.ClapException;
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

    /** Prompts are made before they are cut into tokens, and a template may name the class many times. */
    private static final int MOST_CHARACTERS = 2_000;

    /** All answers to one request; each is an object of some 70 bytes in the answer. */
    private static final int MOST_PREDICTIONS = 100_000;

    private static final String PLACE = "{class}";

    private final ServedModel model;
    private final InputReader reader;
    private final Optional<ClassPrompts> usual;
    private final int mostInputs;
    private final int mostPrompts;

    /**
     * Creates the handler.
     *
     * @param usual the classes of requests that name none
     */
    public Classify(
            ServedModel model, InputReader reader, Optional<ClassPrompts> usual, int mostInputs, int mostPrompts) {
        this.model = model;
        this.reader = reader;
        this.usual = usual;
        this.mostInputs = mostInputs;
        this.mostPrompts = mostPrompts;
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
        ClassPrompts prompts = prompts(request);
        return model.use(request.model(), request.clap(), variant -> answer(request, prompts, variant, exchange));
    }

    private ClassPrompts prompts(ClassifyRequest request) {
        try {
            if (request.classes().isEmpty() && request.templates().isEmpty() && usual.isPresent()) {
                return usual.get();
            }
            List<String> classes = request.classes()
                    .or(() -> usual.map(ClassPrompts::classes))
                    .orElseThrow(() -> ApiException.bad("classes", "Class names are expected; this server has none"));
            requireFew(
                    (long) classes.size() * request.templates().map(List::size).orElse(1));
            requireShort(classes, request.templates().orElse(List.of(PLACE)));
            ClassPrompts prompts = ClassPrompts.of(classes);
            return request.templates()
                    .map(templates -> prompts.withTemplates(templates.toArray(String[]::new)))
                    .orElse(prompts);
        } catch (ClapException e) {
            throw ApiException.bad(request.templates().isEmpty() ? "classes" : "templates", e.getMessage());
        }
    }

    private void requireFew(long prompts) {
        if (prompts > mostPrompts) {
            throw ApiException.bad(
                    "classes", "Classes times templates may be " + mostPrompts + " at most, not " + prompts);
        }
    }

    private static void requireShort(List<String> classes, List<String> templates) {
        long name = classes.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < templates.size(); i++) {
            int places = (templates.get(i).length()
                            - templates.get(i).replace(PLACE, "").length())
                    / PLACE.length();
            if (templates.get(i).length() + places * name > MOST_CHARACTERS) {
                throw ApiException.bad(
                        name > MOST_CHARACTERS - PLACE.length() ? "classes" : "templates[" + i + "]",
                        "A prompt may have " + MOST_CHARACTERS + " characters at most");
            }
        }
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
