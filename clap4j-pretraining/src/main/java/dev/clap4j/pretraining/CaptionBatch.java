package dev.clap4j.pretraining;

import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The images and captions of a step.
 *
 * @param pixels U8 {@code [b, 3, size, size]}
 * @param ids token ids, I64 {@code [b, n]}; values after a caption's end token are ignored
 * @param ends the positions of end tokens, I64 {@code [b]}
 */
record CaptionBatch(TensorData pixels, TensorData ids, TensorData ends) {
    /** Returns the number of pairs b. */
    int size() {
        return (int) pixels.shape()[0];
    }

    /** Reads a batch: the samples from index {@code batch * size} on. Its length is that of its longest caption. */
    static CaptionBatch of(CaptionedImages source, ClipTokenizer tokenizer, long batch, int size) {
        int side = source.imageSize();
        ByteBuffer pixels = TensorData.allocate(3L * side * side * size);
        List<int[]> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            long index = batch * size + i;
            pixels.put(source.pixels(index));
            texts.add(tokenizer.encode(source.caption(index), Overflow.TRUNCATE));
        }
        int length = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        long[] ids = new long[size * length];
        long[] ends = new long[size];
        for (int row = 0; row < size; row++) {
            int[] text = texts.get(row);
            for (int i = 0; i < text.length; i++) {
                ids[row * length + i] = text[i];
            }
            ends[row] = text.length - 1L;
        }
        return new CaptionBatch(
                new TensorData("pixels", DataType.U8, new long[] {size, 3, side, side}, pixels.flip()),
                TensorData.of("ids", ids, size, length),
                TensorData.of("ends", ends, size));
    }
}
