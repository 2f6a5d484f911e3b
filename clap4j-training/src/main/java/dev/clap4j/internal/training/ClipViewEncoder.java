package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.augment.Augmenter;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.augment.ImageAugmentation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes images of a folder, and augmented views of them, with a CLIP model. A view depends only on the seed, the path
 * of the image within the folder, and the number of the view. Augmentation starts from the image at its original size,
 * as in the authors' code.
 */
final class ClipViewEncoder implements ViewEncoder {
    /** The number of images encoded at once; larger batches are no faster and take more memory. */
    private static final int BATCH_SIZE = 16;

    private final ClipImageModel model;
    private final Path folder;
    private final Augmenter augmenter;
    private final Streams streams;

    /**
     * Creates an encoder.
     *
     * @param folder the folder that image paths are relative to
     * @param seed the seed of the views
     */
    ClipViewEncoder(ClipImageModel model, Path folder, ImageAugmentation augmentation, long seed) {
        this.model = model;
        this.folder = folder;
        this.augmenter = new Augmenter(augmentation);
        this.streams = new Streams(seed);
    }

    @Override
    public int embedDim() {
        return model.embedDim();
    }

    @Override
    public FeatureMatrix encode(List<ImageView> views, Steps steps) {
        List<FeatureMatrix> batches = new ArrayList<>();
        for (List<ImageView> batch : Blocks.of(views, BATCH_SIZE)) {
            float[] features = model.encoder().encode(pixels(batch));
            List<String> ids = batch.stream().map(ImageView::toString).toList();
            batches.add(new FeatureMatrix(ids, embedDim(), features));
            steps.advance(batch.size());
        }
        return FeatureMatrix.concat(batches);
    }

    /** Returns the preprocessed views, {@code [n, 3, size, size]}. */
    private TensorData pixels(List<ImageView> views) {
        int size = model.preprocessing().size();
        int bytes = 3 * size * size * Float.BYTES;
        ByteBuffer pixels = TensorData.allocate((long) views.size() * bytes);
        IntStream.range(0, views.size()).parallel().forEach(i -> {
            ByteBuffer slot = pixels.slice(i * bytes, bytes).order(ByteOrder.LITTLE_ENDIAN);
            model.preprocessing().normalise(pixels(views.get(i)), slot.asFloatBuffer());
        });
        return new TensorData("pixels", DataType.F32, new long[] {views.size(), 3, size, size}, pixels);
    }

    private byte[] pixels(ImageView view) {
        return ImageDecoder.decode(
                folder.resolve(view.image()), DecodeOptions.defaults(), image -> pixels(view, image));
    }

    private byte[] pixels(ImageView view, Bitmap image) {
        Preprocessing preprocessing = model.preprocessing();
        if (view.isPlain()) {
            return preprocessing.pixels(image);
        }
        Resampling filter = preprocessing.resize().map(Resize::filter).orElse(Resampling.BICUBIC);
        return augmenter
                .apply(image, preprocessing.size(), filter, streams.get("view " + view.image(), view.number()))
                .planes();
    }
}
