package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.engine.Lifetime;
import dev.clap4j.internal.image.ImageBatch;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The image half of a CLIP model: from image files to features.
 *
 * <p>Thread-safe, including {@link #close}, see {@link ClipModel}. Owns native memory until closed.
 */
public final class ClipImageModel implements AutoCloseable {
    /** The maximum batch size; larger batches are no faster and take more memory. */
    private static final int BATCH_SIZE = 16;

    private final Checkpoint checkpoint;
    private final ImageEncoder encoder;
    private final Preprocessing preprocessing;
    private final Lifetime life;

    private ClipImageModel(Checkpoint checkpoint, ImageEncoder encoder, Preprocessing preprocessing) {
        this.checkpoint = checkpoint;
        this.encoder = encoder;
        this.preprocessing = preprocessing;
        this.life = new Lifetime("The model", encoder::close);
    }

    static ClipImageModel create(Checkpoint checkpoint, Engine engine) {
        Preprocessing preprocessing = preprocessing(checkpoint);
        ImageEncoder encoder = ImageEncoder.create(checkpoint.architecture().vision(), checkpoint.weights(), engine);
        return new ClipImageModel(checkpoint, encoder, preprocessing);
    }

    /**
     * Returns the preprocessing of a checkpoint: that of its configuration if given, otherwise that of OpenAI's models.
     */
    public static Preprocessing preprocessing(Checkpoint checkpoint) {
        int imageSize = checkpoint.architecture().vision().imageSize();
        return checkpoint
                .preprocessorConfig()
                .map(config -> Preprocessing.load(config, imageSize))
                .orElseGet(() -> Preprocessing.openAi(imageSize));
    }

    /**
     * Returns the features of images, not normalised.
     *
     * @param files image files
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the row ids
     * @throws ClapException if one of them cannot be decoded
     */
    public FeatureMatrix encode(List<Path> files) {
        return encode(files, Steps.unreported());
    }

    /**
     * Returns the features of images, not normalised.
     *
     * @param files image files
     * @param steps advanced after every batch by its number of images
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the row ids
     * @throws ClapException if one of them cannot be decoded
     */
    public FeatureMatrix encode(List<Path> files, Steps steps) {
        return encode(files, ImageLoading.defaults().withBatchSize(BATCH_SIZE), steps);
    }

    /**
     * Returns the features of images, not normalised.
     *
     * @param files image files
     * @param loading how to load the images; if it skips unreadable images, these have no rows
     * @param steps advanced after every batch by its number of images
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the row ids
     * @throws ClapException if one of them cannot be decoded and is not to be skipped
     */
    public FeatureMatrix encode(List<Path> files, ImageLoading loading, Steps steps) {
        return use(() -> encodeAll(files, loading, steps));
    }

    private FeatureMatrix encodeAll(List<Path> files, ImageLoading loading, Steps steps) {
        List<String> ids = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        try (ImageBatches<Path> batches = ImageBatches.open(files, preprocessing, loading)) {
            while (batches.hasNext()) {
                ImageBatch<Path> batch = batches.next();
                batch.images().forEach(image -> ids.add(image.toString()));
                features.add(encoder.encode(batch.pixels()));
                steps.advance(batch.images().size());
            }
        }
        int dim = encoder.embedDim();
        float[] values = new float[Math.multiplyExact(ids.size(), dim)];
        int at = 0;
        for (float[] batch : features) {
            System.arraycopy(batch, 0, values, at, batch.length);
            at += batch.length;
        }
        return new FeatureMatrix(ids, dim, values);
    }

    /** Makes a call that runs the encoder several times, and keeps the model open until it returns. */
    <R> R use(Supplier<R> call) {
        return life.use(() -> {
            checkpoint.requireUnchanged();
            return call.get();
        });
    }

    /**
     * Returns the features of images, encoded batch by batch on demand.
     *
     * @param files image files
     * @param loading how to load the images; if it skips unreadable images, these have no rows. Its batch size is
     *     replaced by that of the model
     * @param steps advanced after every batch by its number of images, including skipped ones; if it requests a stop,
     *     an exception is thrown instead of returning another batch
     * @return must be closed by the caller before this model
     */
    public EncodedImages<Path> stream(List<Path> files, ImageLoading loading, Steps steps) {
        return new EncodedImages<>(
                encoder,
                batches(
                        List.copyOf(files).iterator(),
                        loading,
                        image -> preprocessing.pixels(image, loading.decoding())),
                Path::toString,
                steps);
    }

    /** Calls {@link #stream(List, ImageLoading, Steps)} without progress. */
    public EncodedImages<Path> stream(List<Path> files, ImageLoading loading) {
        return stream(files, loading, Steps.unreported());
    }

    private <T> ImageBatches<T> batches(Iterator<T> images, ImageLoading loading, ImageBatches.Loader<T> loader) {
        return ImageBatches.open(images, preprocessing, loading.withBatchSize(BATCH_SIZE), loader);
    }

    /**
     * Returns the features of images, encoded batch by batch on demand.
     *
     * @param images read at most a few batches ahead
     * @param loading how to load the images; if it skips unreadable images, these have no rows. Its batch size is
     *     replaced by that of the model
     * @param loader decodes and preprocesses an image
     * @param id returns the row id of an image
     * @return must be closed by the caller before this model
     */
    public <T> EncodedImages<T> stream(
            Iterator<T> images, ImageLoading loading, ImageBatches.Loader<T> loader, Function<T, String> id) {
        return stream(images, loading, loader, id, Steps.unreported());
    }

    /**
     * Returns the features of images, encoded batch by batch on demand.
     *
     * @param images read at most a few batches ahead
     * @param loading as in {@link #stream(List, ImageLoading, Steps)}
     * @param loader decodes and preprocesses an image
     * @param id returns the row id of an image
     * @param steps as in {@link #stream(List, ImageLoading, Steps)}
     * @return must be closed by the caller before this model
     */
    public <T> EncodedImages<T> stream(
            Iterator<T> images,
            ImageLoading loading,
            ImageBatches.Loader<T> loader,
            Function<T, String> id,
            Steps steps) {
        return new EncodedImages<>(encoder, batches(images, loading, loader), id, steps);
    }

    /**
     * Returns the features of one batch of images. A single image is preprocessed on the calling thread, several ones
     * in parallel.
     *
     * @param images at most {@link #batchSize()}
     * @return {@code [n, embedDim]}, not normalised
     * @throws ClapException if one of them cannot be decoded
     */
    public <T> FeatureMatrix encodeBatch(List<T> images, ImageBatches.Loader<T> loader, Function<T, String> id) {
        int size = preprocessing.size();
        int bytes = 3 * size * size * Float.BYTES;
        ByteBuffer pixels = TensorData.allocate((long) images.size() * bytes);
        IntStream indices = IntStream.range(0, images.size());
        (images.size() == 1 ? indices : indices.parallel()).forEach(i -> {
            FloatBuffer slot = pixels.slice(i * bytes, bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            preprocessing.normalise(loader.load(images.get(i)), slot);
        });
        long[] shape = {images.size(), 3, size, size};
        float[] features = use(() -> encoder.encode(new TensorData("pixels", DataType.F32, shape, pixels)));
        return new FeatureMatrix(images.stream().map(id).toList(), encoder.embedDim(), features);
    }

    /** Returns the maximum number of images per batch. */
    public int batchSize() {
        return BATCH_SIZE;
    }

    /** Returns the encoder, for images that are already preprocessed. */
    public ImageEncoder encoder() {
        return encoder;
    }

    /** Returns the preprocessing of images. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Returns the dimension D of the features. */
    public int embedDim() {
        return encoder.embedDim();
    }

    /** Warms up the encoder. */
    void prepare() {
        encoder.prepare();
    }

    @Override
    public void close() {
        life.close();
    }
}
