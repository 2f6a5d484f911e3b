package dev.clap4j.internal.server.model;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.server.Limits;
import dev.clap4j.internal.server.encode.Admission;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.Exchange;
import dev.clap4j.internal.server.http.Exchange.Outcome;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.prompt.ClassPrompts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The model of a server, as the handlers of requests see it. Thread-safe. */
public final class ServedModel {
    private static final String WITH_HEAD = "+clap";

    /** The pixels of a request's pictures that are decoded at a time, so that large ones do not hold up other requests. */
    private static final long PIXELS_AT_A_TIME = 50_000_000;

    /** Far more than encoders take, but few enough to be cleaned and cut into tokens at once. */
    private static final int MOST_CHARACTERS = 10_000;

    private final ClipModel model;
    private final String name;
    private final Encoders encoders;
    private final HeadSlot head;
    private final Limits limits;
    private final Admission inputs;
    private final Admission pixels;
    private final TextCache cache;

    /** Combines the parts, which are the caller's to close. */
    public ServedModel(ClipModel model, Encoders encoders, HeadSlot head, Limits limits) {
        this.model = model;
        this.name = Backbone.nameOf(model.checkpoint());
        this.encoders = encoders;
        this.head = head;
        this.limits = limits;
        this.inputs = new Admission(limits.queuedInputs());
        this.pixels = new Admission(limits.queuedPixels());
        this.cache = new TextCache(model.embedDim());
    }

    /** Returns the names that requests may give: with a head, and without. */
    public List<String> ids() {
        return head.isFilled() ? List.of(name + WITH_HEAD, name) : List.of(name);
    }

    /** Returns the weight of the head's output; empty without a head. */
    public Optional<Float> alpha() {
        return head.isFilled() ? Optional.of(head.use(ServedHead::alpha)) : Optional.empty();
    }

    /** Returns the dimension D of the features. */
    public int dimension() {
        return model.embedDim();
    }

    /** Returns the side of the pictures that the model sees, in pixels. */
    public int imageSize() {
        return model.images().preprocessing().size();
    }

    /** Returns the largest number of tokens of a text. */
    public int contextLength() {
        return model.texts().tokenizer().contextLength();
    }

    /** Returns the number of inputs that are admitted and not finished. */
    public long admitted() {
        return inputs.taken();
    }

    /**
     * Makes a call with the model that a request wants.
     *
     * @param id a name; empty for the one with a head if there is a head
     * @param clap whether to use the head; empty to leave it to the name
     */
    public <R> R use(Optional<String> id, Optional<Boolean> clap, Function<Variant, R> call) {
        String wanted = id.orElse(name + (clap.orElse(head.isFilled()) ? WITH_HEAD : ""));
        boolean withHead = wanted.equals(name + WITH_HEAD);
        if (withHead && !head.isFilled() && id.isEmpty()) {
            throw ApiException.bad("clap", "This server has no head");
        }
        if (!ids().contains(wanted)) {
            throw ApiException.noModel(String.join(" and ", ids()));
        }
        if (clap.isPresent() && clap.get() != withHead) {
            throw ApiException.bad("clap", "The model that is named contradicts it");
        }
        return withHead
                ? head.use(served -> call.apply(Variant.of(wanted, Optional.of(served))))
                : call.apply(Variant.of(wanted, Optional.empty()));
    }

    /**
     * Makes a text an input.
     *
     * @throws ApiException if it is empty or has too many tokens
     */
    public Input.Text text(String param, String text) {
        if (text.isBlank()) {
            throw ApiException.bad(param, "The text is empty");
        }
        if (text.length() > MOST_CHARACTERS) {
            throw ApiException.bad(
                    param, "The text has " + text.length() + " characters, the limit is " + MOST_CHARACTERS);
        }
        try {
            return new Input.Text(param, text, model.texts().tokenizer().encode(text, Overflow.ERROR).length);
        } catch (ClapException e) {
            throw ApiException.bad(param, e.getMessage());
        }
    }

    /**
     * Encodes inputs, without a head.
     *
     * @return an outcome for each input, in order
     * @throws ApiException if there is too much to do
     */
    public List<Outcome> encode(List<? extends Input> all, Exchange exchange) {
        List<Input.Text> texts = all.stream()
                .filter(Input.Text.class::isInstance)
                .map(Input.Text.class::cast)
                .toList();
        List<Input.Picture> pictures = all.stream()
                .filter(Input.Picture.class::isInstance)
                .map(Input.Picture.class::cast)
                .toList();
        exchange.count(all.size());
        List<CompletableFuture<float[]>> rows = start(
                texts.stream().map(Input.Text::text).toList(),
                pictures.stream().map(Input.Picture::file).toList(),
                exchange);
        List<CompletableFuture<float[]>> ordered = new ArrayList<>(all.size());
        int text = 0;
        int picture = texts.size();
        for (Input input : all) {
            ordered.add(rows.get(input instanceof Input.Text ? text++ : picture++));
        }
        return exchange.await(ordered);
    }

    private List<CompletableFuture<float[]>> start(List<String> texts, List<byte[]> pictures, Exchange exchange) {
        long count = (long) texts.size() + pictures.size();
        LongSummaryStatistics areas = pictures.stream().mapToLong(this::pixels).summaryStatistics();
        long area = areas.getSum();
        if (area > limits.queuedPixels()) {
            throw ApiException.tooLarge(
                    null,
                    "The pictures have " + area + " pixels together, the limit is " + limits.queuedPixels()
                            + "; send them in several requests");
        }
        if (!inputs.tryTake(count)) {
            throw ApiException.busy();
        }
        if (!pixels.tryTake(area)) {
            inputs.giveBack(count);
            throw ApiException.busy();
        }
        int atATime = (int) Math.max(1, PIXELS_AT_A_TIME / Math.max(1, areas.getMax()));
        Optional<List<CompletableFuture<float[]>>> rows = encoders.encode(texts, pictures, atATime, exchange.call());
        var unused = CompletableFuture.allOf(rows.orElse(List.of()).toArray(CompletableFuture[]::new))
                .whenComplete((done, error) -> {
                    inputs.giveBack(count);
                    pixels.giveBack(area);
                });
        return rows.orElseThrow(ApiException::busy);
    }

    /** Returns the number of pixels that a file claims to have; 0 if that is too many, or it is no picture. */
    private long pixels(byte[] file) {
        Optional<ImageFormat> format = ImageFormat.of(file, Encoders.PICTURE);
        if (format.isEmpty()) {
            return 0;
        }
        try {
            var image = format.get().read(file, Encoders.PICTURE);
            long area = (long) image.width() * image.height();
            return area > limits.pixels() ? 0 : Math.max(0, area);
        } catch (IOException | RuntimeException e) {
            // The decoder says what is wrong with it.
            return 0;
        }
    }

    /** Returns a classifier of some classes. */
    public ZeroShotClassifier classifier(ClassPrompts prompts, Variant variant, Exchange exchange) {
        FeatureMatrix classes = ClassFeatures.of(prompts, texts -> variant.apply(prompts(texts, exchange)));
        return ZeroShotClassifier.of(classes, Scoring.of(model.checkpoint()));
    }

    private FeatureMatrix prompts(List<String> texts, Exchange exchange) {
        Map<String, float[]> known = new LinkedHashMap<>();
        List<Input.Text> missing = new ArrayList<>();
        for (String text : texts) {
            Optional<float[]> row = cache.get(text);
            if (row.isEmpty() && !known.containsKey(text)) {
                missing.add(text("classes", text));
            }
            known.put(text, row.orElse(null));
        }
        if (!missing.isEmpty()) {
            List<Outcome> outcomes = encode(missing, exchange);
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).error() != null) {
                    throw ApiException.bad("classes", outcomes.get(i).error().getMessage());
                }
                cache.put(missing.get(i).text(), outcomes.get(i).row());
                known.put(missing.get(i).text(), outcomes.get(i).row());
            }
        }
        return Encoders.matrix(texts.stream().map(known::get).toList());
    }
}
