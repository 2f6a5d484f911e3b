package dev.clap4j.internal.clip;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Encodes preprocessed inputs, so that implementations can be compared independently of their preprocessing. */
public final class PreparedInputs {
    private static final int IMAGES_PER_BATCH = 16;

    private PreparedInputs() {}

    /**
     * Returns the features of preprocessed images; the row ids are their indices.
     *
     * @param pixels normalised, floating-point {@code [n, 3, h, w]}, of the model's size
     * @throws ClapException if the shape is another
     */
    public static FeatureMatrix encodePixels(ClipModel model, TensorData pixels) {
        long size = model.checkpoint().architecture().vision().imageSize();
        long[] shape = pixels.shape();
        if (shape.length != 4
                || shape[1] != 3
                || shape[2] != size
                || shape[3] != size
                || !pixels.type().isFloat()) {
            throw new ClapException("The tensor " + pixels
                    + " is not what the model sees: floating-point pixels [n, 3, " + size + ", " + size + "]");
        }
        ClipImageModel images = model.images();
        return images.use(() -> encodeFloats(images, pixels.toF32()));
    }

    private static FeatureMatrix encodeFloats(ClipImageModel images, TensorData floats) {
        long[] shape = floats.shape();
        long size = shape[2];
        int rows = Math.toIntExact(shape[0]);
        int bytesPerImage = Math.toIntExact(12 * size * size);
        List<FeatureMatrix> batches = new ArrayList<>();
        for (int start = 0; start < rows; start += IMAGES_PER_BATCH) {
            int count = Math.min(IMAGES_PER_BATCH, rows - start);
            ByteBuffer part = floats.bytes().slice(start * bytesPerImage, count * bytesPerImage);
            TensorData batch = new TensorData(floats.name(), floats.type(), new long[] {count, 3, size, size}, part);
            float[] features = images.encoder().encode(batch);
            batches.add(new FeatureMatrix(numbers(start, count), images.embedDim(), features));
        }
        if (batches.isEmpty()) {
            throw new ClapException("The tensor " + floats + " holds no images");
        }
        return FeatureMatrix.concat(batches);
    }

    /**
     * Returns the features of tokenized texts; the row ids are their indices. No tokenizer is needed.
     *
     * @param tokens integers {@code [n, length]}: start token, text, end token, then any padding
     * @throws ClapException if the shape is another, or an id is outside the vocabulary
     */
    public static FeatureMatrix encodeTokens(ClipModel model, TensorData tokens) {
        if (tokens.shape().length != 2 || tokens.type().isFloat()) {
            throw new ClapException("The tensor " + tokens + " does not hold token ids: integers [n, length]");
        }
        int rows = Math.toIntExact(tokens.shape()[0]);
        int length = Math.toIntExact(tokens.shape()[1]);
        long[] ids = tokens.toLongs();
        if (Arrays.stream(ids).anyMatch(id -> id < 0 || id > Integer.MAX_VALUE)) {
            throw new ClapException("The tensor " + tokens + " holds numbers that are no token ids");
        }
        List<TokenSequence> texts = IntStream.range(0, rows)
                .mapToObj(row -> Arrays.stream(ids, row * length, (row + 1) * length)
                        .mapToInt(Math::toIntExact)
                        .toArray())
                .map(padded -> TokenSequence.of(
                        Arrays.copyOf(padded, model.checkpoint().endOfText().position(padded) + 1)))
                .toList();
        return model.use(() -> {
            try (TextEncoder encoder = TextEncoder.create(
                    model.checkpoint().architecture().text(), model.checkpoint().weights(), model.engine())) {
                return new FeatureMatrix(numbers(0, rows), encoder.embedDim(), encoder.encode(texts));
            }
        });
    }

    private static List<String> numbers(int start, int count) {
        return IntStream.range(start, start + count).mapToObj(String::valueOf).toList();
    }
}
