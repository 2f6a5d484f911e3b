package dev.clap4j.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.checkpoint.OpenClipFolder;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionBatchesTests {
    private static final int SIZE = 5;

    private final ShapesWorld world = new ShapesWorld();
    private ClipTokenizer tokenizer;

    @BeforeEach
    void learnWords(@TempDir Path folder) {
        PretrainOptions options = ShapesWorld.options(ShapesWorld.residual(), 4);
        tokenizer = CaptionVocabulary.of(Optional.empty(), options, world).ready(new OpenClipFolder(folder), 12);
    }

    @Test
    void batchesHaveTheirSamplesInOrder() {
        try (CaptionBatches batches = new CaptionBatches(world, tokenizer, SIZE, 2, 12)) {
            for (long batch = 2; batch < 12; batch++) {
                CaptionBatch next = batches.next();
                for (int i = 0; i < SIZE; i++) {
                    check(next, i, batch * SIZE + i);
                }
            }
        }
    }

    private void check(CaptionBatch batch, int row, long index) {
        byte[] pixels = new byte[3 * ShapesWorld.SIZE * ShapesWorld.SIZE];
        ByteBuffer all = batch.pixels().bytes();
        all.position(row * pixels.length).get(pixels);
        assertThat(pixels).isEqualTo(world.pixels(index));

        int length = (int) batch.ids().shape()[1];
        int end = (int) batch.ends().toLongs()[row];
        int[] ids = Arrays.stream(batch.ids().toLongs(), row * length, row * length + end + 1)
                .mapToInt(Math::toIntExact)
                .toArray();
        assertThat(ids).isEqualTo(tokenizer.encode(world.caption(index), Overflow.ERROR));
    }

    @Test
    void aBatchIsAsLongAsItsLongestCaption() {
        // "a picture of a red circle" has six words, start and end; the world has it at every third place.
        CaptionBatch batch = CaptionBatch.of(world, tokenizer, 0, SIZE);
        long[] ends = batch.ends().toLongs();
        assertThat(batch.ids().shape()[1]).isEqualTo(Arrays.stream(ends).max().orElseThrow() + 1);
        assertThat(Arrays.stream(ends).min().orElseThrow())
                .isLessThan(batch.ids().shape()[1] - 1);
    }
}
