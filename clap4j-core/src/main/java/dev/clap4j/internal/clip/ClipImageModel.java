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
 * <p>Safe for several threads, closing included, see {@link ClipModel}. Owns native memory until closed.
 */
public final class ClipImageModel implements AutoCloseable {
    /** More images at a time are no faster, and cost memory. */
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

    /** What a checkpoint wants done to its images: what its configuration says, else what OpenAI's models want. */
    public static Preprocessing preprocessing(Checkpoint checkpoint) {
        int imageSize = checkpoint.architecture().vision().imageSize();
        return checkpoint
                .preprocessorConfig()
                .map(config -> Preprocessing.load(config, imageSize))
                .orElseGet(() -> Preprocessing.openAi(imageSize));
    }

    /**
     * The features of images, not normalised.
     *
     * @param files image files
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the rows' ids
     * @throws ClapException if one of them cannot be decoded
     */
    public FeatureMatrix encode(List<Path> files) {
        return encode(files, Steps.untold());
    }

    /**
     * The features of images, not normalised.
     *
     * @param files image files
     * @param steps advanced after every batch by its images
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the rows' ids
     * @throws ClapException if one of them cannot be decoded
     */
    public FeatureMatrix encode(List<Path> files, Steps steps) {
        return encode(files, ImageLoading.defaults().withBatchSize(BATCH_SIZE), steps);
    }

    /**
     * The features of images, not normalised.
     *
     * @param files image files
     * @param loading how they are prepared; where it skips unreadable images, these have no row
     * @param steps advanced after every batch by its images
     * @return {@code [n, embedDim]}, in the order of the files, whose names are the rows' ids
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

    /** Calls something that runs the encoder more than once: the model stays open until it returns. */
    <R> R use(Supplier<R> call) {
        return life.use(() -> {
            checkpoint.requireUnchanged();
            return call.get();
        });
    }

    /**
     * The features of images, batch by batch as they are encoded.
     *
     * @param files image files
     * @param loading how they are prepared; where it skips unreadable images, these have no row. Its size of batches is
     *     replaced by the model's
     * @param steps advanced after every batch by its images and those that were skipped; where it should stop, there is
     *     an exception instead of another batch
     * @return to be closed by the caller, before this
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

    /** {@link #stream(List, ImageLoading, Steps)} without progress. */
    public EncodedImages<Path> stream(List<Path> files, ImageLoading loading) {
        return stream(files, loading, Steps.untold());
    }

    private <T> ImageBatches<T> batches(Iterator<T> images, ImageLoading loading, ImageBatches.Loader<T> loader) {
        return ImageBatches.open(images, preprocessing, loading.withBatchSize(BATCH_SIZE), loader);
    }

    /**
     * The features of images, batch by batch as they are encoded.
     *
     * @param images asked for no more than a few batches ahead
     * @param loading how they are prepared; where it skips unreadable images, these have no row. Its size of batches is
     *     replaced by the model's
     * @param loader decodes and prepares an image
     * @param id the id of an image's row
     * @return to be closed by the caller, before this
     */
    public <T> EncodedImages<T> stream(
            Iterator<T> images, ImageLoading loading, ImageBatches.Loader<T> loader, Function<T, String> id) {
        return new EncodedImages<>(encoder, batches(images, loading, loader), id, Steps.untold());
    }

    /**
     * The features of one batch of images, prepared by the calling thread if there is one image, else by all processors.
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

    /** The largest number of images that are encoded at once. */
    public int batchSize() {
        return BATCH_SIZE;
    }

    /** The encoder, for images that are prepared already. */
    public ImageEncoder encoder() {
        return encoder;
    }

    /** What is done to images before they are encoded. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The dimension D of the features. */
    public int embedDim() {
        return encoder.embedDim();
    }

    /** Does now what the first small batch would have to wait for. */
    void prepare() {
        encoder.prepare();
    }

    @Override
    public void close() {
        life.close();
    }
}
