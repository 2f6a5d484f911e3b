package dev.clap4j.internal.spark;

import dev.clap4j.ClapException;
import dev.clap4j.ClipOptions;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model with its head, open for a number of threads. Thread-safe. Owns native memory until closed. */
public final class Encoders implements AutoCloseable {
    private final ClipModel model;
    private final Optional<CompiledHead> head;
    private final float alpha;
    private final DecodeOptions decoding;

    private Encoders(ClipModel model, Optional<CompiledHead> head, float alpha, DecodeOptions decoding) {
        this.model = model;
        this.head = head;
        this.alpha = alpha;
        this.decoding = decoding;
    }

    /** A picture as the model takes it: the pixels {@code [3, size, size]}, and its name for messages. */
    record Pixels(String name, byte[] values) {}

    /**
     * Plans the encoders of a model; no weights are loaded yet.
     *
     * @param name the model's name
     * @param head the head, if any
     * @param alpha the weight of the head's output; the head's own if empty
     * @throws ClapException if there is no such model, the head is that of another, or the processor does not compute in
     *     the precision
     */
    public static EncoderRecipe plan(String name, ClipOptions options, Optional<Head> head, Optional<Float> alpha) {
        OrtEngine.create().withPrecision(options.precision()); // fails here rather than in every task
        Checkpoint checkpoint = Checkpoint.open(ModelLocation.find(name));
        EncoderRecipe recipe = EncoderRecipe.of(name, checkpoint.fingerprint(), options);
        if (head.isEmpty()) {
            return recipe;
        }
        HeadAccess.requireBackbone(head.get(), checkpoint);
        return recipe.with(head.get(), alpha.orElse(head.get().info().alpha()));
    }

    /**
     * Opens the encoders of a recipe.
     *
     * @param threads the threads of a call, the caller's included
     * @throws ClapException if this machine has another model of that name, or none
     */
    public static Encoders open(EncoderRecipe recipe, int threads) {
        Path found = ModelLocation.find(recipe.model());
        Checkpoint checkpoint = Checkpoint.open(found);
        if (!checkpoint.fingerprint().equals(recipe.fingerprint())) {
            throw new ClapException("The model in " + found + " is another one than the driver's; all machines need the"
                    + " same model by the name " + recipe.model());
        }
        OrtEngine engine = OrtEngine.create(threads).withPrecision(recipe.precision());
        Overflow overflow = recipe.truncateTexts() ? Overflow.TRUNCATE : Overflow.ERROR;
        return new Encoders(
                ClipModel.of(checkpoint, engine, overflow),
                recipe.hasHead() ? Optional.of(CompiledHead.of(recipe.readHead(), engine)) : Optional.empty(),
                recipe.alpha(),
                new DecodeOptions(recipe.maxPixels(), recipe.applyOrientation()));
    }

    /**
     * Decodes and preprocesses a picture.
     *
     * @throws ClapException if it cannot be decoded
     */
    Pixels prepare(String name, byte[] file) {
        Preprocessing preprocessing = model.images().preprocessing();
        return new Pixels(name, ImageDecoder.decode(file, name, decoding, preprocessing::pixels));
    }

    /** Returns the maximum number of pictures that are encoded at once. */
    int batchSize() {
        return model.images().batchSize();
    }

    /**
     * Returns the features of prepared pictures, {@code [n, dimension]}, not normalised.
     *
     * @param pictures at most {@link #batchSize()}
     */
    FeatureMatrix images(List<Pixels> pictures) {
        return afterHead(model.images().encodeBatch(pictures, Pixels::values, Pixels::name));
    }

    /**
     * Returns the features of texts, {@code [n, dimension]}, not normalised.
     *
     * @throws ClapException if one has too many tokens
     */
    public FeatureMatrix texts(List<String> texts) {
        return afterHead(model.texts().encode(texts));
    }

    /** Returns the features of texts with noise, {@code [n, dimension]}, not normalised and without the head. */
    public FeatureMatrix noisyTexts(List<ContextText> texts) {
        return model.texts().encodeWithContext(texts);
    }

    /** Returns the number of values of a vector of noise. */
    public int contextWidth() {
        return model.texts().contextWidth();
    }

    /** Compiles another head for this model. The caller closes it. */
    public CompiledHead compile(Head other) {
        return CompiledHead.of(other, model.engine());
    }

    private FeatureMatrix afterHead(FeatureMatrix features) {
        return head.map(compiled -> compiled.apply(features, alpha)).orElse(features);
    }

    /** Returns the way from cosines to probabilities. */
    public Scoring scoring() {
        return Scoring.of(model.checkpoint());
    }

    @Override
    public void close() {
        try {
            head.ifPresent(CompiledHead::close);
        } finally {
            model.close();
        }
    }
}
