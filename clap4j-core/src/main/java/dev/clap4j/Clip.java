package dev.clap4j;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.classify.Scoring;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.export.ClipExport;
import dev.clap4j.internal.export.ExportOptions;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.Operators;
import dev.clap4j.internal.source.ModelPath;
import dev.clap4j.prompt.ClassPrompts;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A CLIP-like model, with or without a CLAP head. It classifies images by class names, and maps images and texts to
 * features in a common space.
 *
 * <pre>{@code
 * try (Clip clip = Clip.load(Path.of("clip-vit-base-patch16"))) {
 *     Classifier classifier = clip.classifier("dog", "elephant", "giraffe");
 *     System.out.println(classifier.classify(Image.of(Path.of("photo.jpg"))).best());
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe. A {@code Clip} owns native memory until it is closed. {@link #with} returns another
 * {@code Clip} that shares the encoders of this one; the encoders are freed when the last {@code Clip} that uses them
 * is closed. A head can therefore be replaced while other threads are classifying: create a new {@code Clip}, publish
 * it, and close the old one. Calls in flight when a {@code Clip} is closed finish normally; later ones throw
 * {@link IllegalStateException}.
 */
public final class Clip implements AutoCloseable {
    static {
        ClipAccess.install(new ClipAccess.Access() {
            @Override
            public ClipModel encoders(Clip clip) {
                return clip.encoders;
            }

            @Override
            public float alpha(Clip clip) {
                return clip.alpha;
            }

            @Override
            public Clip of(ClipModel encoders, Optional<Head> head, float alpha) {
                head.ifPresent(given -> HeadAccess.requireBackbone(given, encoders.checkpoint()));
                return new Clip(
                        encoders,
                        new AtomicInteger(),
                        ClipOptions.defaults(),
                        head.map(given -> CompiledHead.of(given, encoders.engine())),
                        alpha);
            }
        });
    }

    private final ClipModel encoders;
    /** The number of models that share the encoders. */
    private final AtomicInteger sharing;

    private final ClipOptions options;
    private final Optional<CompiledHead> head;
    private final float alpha;
    private final Lifetime life;

    private Clip(
            ClipModel encoders, AtomicInteger sharing, ClipOptions options, Optional<CompiledHead> head, float alpha) {
        this.encoders = encoders;
        this.sharing = sharing;
        this.options = options;
        this.head = head;
        this.alpha = alpha;
        this.life = new Lifetime("The model", this::free);
        sharing.incrementAndGet();
    }

    /**
     * Loads a model from a folder or file.
     *
     * @param checkpoint a folder as downloaded from a model hub, or a weight file, in the layout of OpenAI, open_clip
     *     or Hugging Face
     * @throws ClapException if it cannot be read as a CLIP-like model
     */
    public static Clip load(Path checkpoint) {
        return load(checkpoint, ClipOptions.defaults());
    }

    /**
     * Loads a model from a folder or file, to run on a device.
     *
     * @throws ClapException if it cannot be read as a CLIP-like model, or the device cannot be used
     */
    public static Clip load(Path checkpoint, Device device) {
        return load(checkpoint, ClipOptions.defaults().withDevice(device));
    }

    /**
     * Loads a model from a folder or file.
     *
     * @throws ClapException if it cannot be read as a CLIP-like model, or the device cannot be used
     */
    public static Clip load(Path checkpoint, ClipOptions options) {
        ClipModel encoders = ClipModel.of(Checkpoint.open(checkpoint), options.engine(), options.overflow());
        return new Clip(encoders, new AtomicInteger(), options, Optional.empty(), 0);
    }

    /**
     * Loads a model by name: {@code openai/clip-vit-base-patch16}, with {@code @revision} if wanted, is a repository of
     * the Hugging Face hub, {@code ViT-B-16:laion2b_s34b_b88k} are weights that open_clip publishes. A model that is not
     * in the hub's cache is downloaded. A folder or file of that name comes first.
     *
     * @throws ClapException if there is no such model, it cannot be downloaded or cannot be read as a CLIP-like model,
     *     or the artifact {@code clap4j-hub} is not on the class path
     */
    public static Clip load(String name) {
        return load(name, ClipOptions.defaults());
    }

    /**
     * Loads a model by name, like {@link #load(String)}.
     *
     * @throws ClapException as {@link #load(String)}
     */
    public static Clip load(String name, ClipOptions options) {
        return load(ModelPath.find(name, Progress.NONE), options);
    }

    /**
     * Loads the mini CLIP, a small model trained on drawn icons, from the artifact {@code clap4j-mini}. It is first
     * unpacked to the user's cache directory: {@code $CLAP4J_CACHE}, else {@code $XDG_CACHE_HOME/clap4j}, else
     * {@code ~/.cache/clap4j}.
     *
     * @throws ClapException if {@code clap4j-mini} is not on the class path, or the cache cannot be written
     */
    public static Clip mini() {
        return load(MiniClip.unpack(CacheFolder.ofUser()));
    }

    /**
     * Returns the dimension of this model's features: the head's output dimension if there is a head, otherwise the
     * model's embedding dimension D.
     */
    public int dimension() {
        return head.map(compiled -> compiled.head().outputDimension()).orElse(encoders.embedDim());
    }

    /** Returns the head that is applied after both encoders, if there is one. */
    public Optional<Head> head() {
        return head.map(CompiledHead::head);
    }

    /**
     * Returns a model that applies a head after both encoders, with the head's own alpha.
     *
     * @return a model that shares the encoders of this one and must be closed as well; closing one leaves the other
     *     open
     * @throws ClapException if the head was trained on another model
     */
    public Clip with(Head other) {
        return with(other, other.info().alpha());
    }

    /**
     * Returns a model that applies a head after both encoders. It replaces the head of this model, if there is one.
     *
     * @param alpha the weight of the head's output in the residual sum; 0 leaves the features unchanged
     * @return a model that shares the encoders of this one and must be closed as well; closing one leaves the other
     *     open
     * @throws ClapException if the head was trained on another model, or alpha is not finite
     */
    public Clip with(Head other, float alpha) {
        if (!Float.isFinite(alpha)) {
            throw new ClapException("The alpha of a head should be a finite number, not " + alpha);
        }
        return life.use(() -> {
            HeadAccess.requireBackbone(other, encoders.checkpoint());
            return new Clip(encoders, sharing, options, Optional.of(CompiledHead.of(other, encoders.engine())), alpha);
        });
    }

    /**
     * Creates an image classifier with the prompt {@code a photo of a <class>} for each class.
     *
     * @throws ClapException if there are no classes, or a class name is empty or duplicated
     */
    public Classifier classifier(String... classes) {
        return classifier(List.of(classes));
    }

    /**
     * Creates an image classifier with the prompt {@code a photo of a <class>} for each class.
     *
     * @throws ClapException if there are no classes, or a class name is empty or duplicated
     */
    public Classifier classifier(List<String> classes) {
        return classifier(ClassPrompts.of(classes));
    }

    /**
     * Creates an image classifier. The prompts of each class are encoded once and averaged after scaling each feature
     * to length 1.
     *
     * @throws ClapException if a prompt has too many tokens
     */
    public Classifier classifier(ClassPrompts prompts) {
        return new Classifier(this, classFeatures(prompts), Scoring.of(encoders.checkpoint()));
    }

    private FeatureMatrix classFeatures(ClassPrompts prompts) {
        return ClassFeatures.of(prompts, this::embedTexts);
    }

    /**
     * Returns the features of images.
     *
     * @return {@code [n, dimension]}, not normalised; the row ids are the image ids
     * @throws ClapException if an image cannot be decoded
     */
    public FeatureMatrix embed(Image... images) {
        return embed(List.of(images));
    }

    /**
     * Returns the features of images, which are all held in memory; use {@link #embed(Stream)} for large numbers of
     * images.
     *
     * @return {@code [n, dimension]}, not normalised; the row ids are the image ids
     * @throws ClapException if there are no images, or one cannot be decoded
     */
    public FeatureMatrix embed(List<Image> images) {
        if (images.isEmpty()) {
            throw new ClapException("There are no images to encode");
        }
        return life.use(() -> {
            if (images.size() <= encoders.images().batchSize()) {
                return afterHead(encoders.images()
                        .encodeBatch(images, image -> image.pixels(preprocessing(), options.decoding()), Image::id));
            }
            try (Stream<FeatureMatrix> batches = embed(images.stream())) {
                return FeatureMatrix.concat(batches.toList());
            }
        });
    }

    /**
     * Returns the features of any number of images, batch by batch. Subsequent batches are decoded while one is
     * encoded, in bounded memory; the stream of images may be infinite. Interrupting the caller's thread ends the
     * stream with a {@code ClapException} after the batch that is being encoded.
     *
     * @param images read on the caller's thread, a few batches ahead
     * @return matrices {@code [b, dimension]} in the order of the images, not normalised; sequential, and must be
     *     closed
     * @throws ClapException from the stream, if an image cannot be decoded, or the thread is interrupted
     */
    public Stream<FeatureMatrix> embed(Stream<Image> images) {
        return embed(images, (image, e) -> {
            throw e;
        });
    }

    /**
     * Returns the features of any number of images, batch by batch, like {@link #embed(Stream)}, but skips images that
     * cannot be decoded.
     *
     * @param unreadable called for each image that cannot be decoded and therefore has no row; may throw
     */
    public Stream<FeatureMatrix> embed(Stream<Image> images, BiConsumer<Image, ClapException> unreadable) {
        EncodedImages<Image> encoded = life.use(() -> encoders.images().stream(
                images.map(Objects::requireNonNull).iterator(),
                ImageLoading.defaults().withSkipUnreadable(true),
                image -> image.pixels(preprocessing(), options.decoding()),
                Image::id));
        Iterator<FeatureMatrix> batches = new Iterator<>() {
            private int reported;

            @Override
            public boolean hasNext() {
                boolean more = encoded.hasNext();
                while (reported < encoded.skipped().size()) {
                    ImageBatches.Skipped<Image> skipped = encoded.skipped().get(reported++);
                    unreadable.accept(skipped.image(), skipped.reason());
                }
                return more;
            }

            @Override
            public FeatureMatrix next() {
                return life.use(() -> afterHead(encoded.next()));
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(batches, Spliterator.ORDERED), false)
                .onClose(encoded::close)
                .onClose(images::close);
    }

    /**
     * Returns the features of texts.
     *
     * @return {@code [n, dimension]}, not normalised; the row ids are the texts
     * @throws ClapException if there are no texts, or one has too many tokens
     */
    public FeatureMatrix embedTexts(String... texts) {
        return embedTexts(List.of(texts));
    }

    /**
     * Returns the features of texts.
     *
     * @return {@code [n, dimension]}, not normalised; the row ids are the texts
     * @throws ClapException if there are no texts, or one has too many tokens
     */
    public FeatureMatrix embedTexts(List<String> texts) {
        if (texts.isEmpty()) {
            throw new ClapException("There are no texts to encode");
        }
        return life.use(() -> afterHead(encoders.texts().encode(texts)));
    }

    private FeatureMatrix afterHead(FeatureMatrix features) {
        return head.map(compiled -> compiled.apply(features, alpha)).orElse(features);
    }

    private Preprocessing preprocessing() {
        return encoders.images().preprocessing();
    }

    /**
     * Exports this model, including its head, as ONNX files that any ONNX runtime can run without clap4j:
     * {@code image.onnx}, {@code text.onnx} and {@code classifier.onnx}. The graphs take images as bytes
     * {@code [batch, height, width, 3]} of any size, and resize, crop and normalise them. The classifier returns
     * probabilities {@code [batch, classes]} and holds the class names in its metadata as {@code labels}.
     *
     * @param folder created if it does not exist; existing files of these names are replaced
     * @return the files written
     * @throws ClapException if a file cannot be written, or {@link #classifier(List)} would reject the class names
     */
    public List<Path> export(Path folder, List<String> classes) {
        return export(folder, ClassPrompts.of(classes));
    }

    /** Exports this model as ONNX files, like {@link #export(Path, List)}, with the given prompts for each class. */
    public List<Path> export(Path folder, ClassPrompts prompts) {
        return life.use(() -> ClipExport.of(
                        encoders.checkpoint(),
                        head(),
                        alpha,
                        new ExportOptions(Precision.FP32, Operators.STANDARD, true, true))
                .all(folder, Optional.of(classFeatures(prompts)), Progress.NONE));
    }

    private void free() {
        try {
            head.ifPresent(CompiledHead::close);
        } finally {
            if (sharing.decrementAndGet() == 0) {
                encoders.close();
            }
        }
    }

    /** Closes this model. Its encoders are freed when no other {@code Clip} shares them and no call is in flight. */
    @Override
    public void close() {
        life.close();
    }

    @Override
    public String toString() {
        return Backbone.nameOf(encoders.checkpoint())
                + head.map(compiled -> " with a head, alpha " + alpha).orElse("");
    }
}
