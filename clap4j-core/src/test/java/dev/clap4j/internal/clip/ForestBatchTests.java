package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.io.ReusedMemory;
import dev.clap4j.internal.io.TensorData;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ForestBatchTests {
    private static final float UNSEEN = Float.NEGATIVE_INFINITY;

    /** A forest of one text with so many tokens. */
    private static TokenForest line(int text, int tokens) {
        int[] ids = new int[tokens];
        int[] parents = new int[tokens];
        int[] depths = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            ids[i] = i % 3;
            parents[i] = i - 1;
            depths[i] = i;
        }
        return new TokenForest(ids, parents, depths, new int[] {text}, new int[] {tokens - 1});
    }

    private static List<TokenForest> lines(List<Integer> sizes) {
        List<TokenForest> forests = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            forests.add(line(i, sizes.get(i)));
        }
        return forests;
    }

    @Property
    void everyForestIsInABatchThatIsNoLargerThanItMayBe(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 200) int tokens) {
        int texts = 0;
        for (ForestBatch batch : ForestBatch.of(lines(sizes), tokens)) {
            long[] shape = batch.depths().shape();
            assertThat(shape[0] == 1 || shape[0] * shape[1] <= tokens).isTrue();
            float[] features = new float[sizes.size()];
            float[] encoded = new float[(int) shape[0]];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = texts + i + 1;
            }
            assertThat(batch.scatter(FloatBuffer.wrap(encoded), features, 1)).isEqualTo(encoded.length);
            for (int i = 0; i < features.length; i++) {
                assertThat(features[i]).isEqualTo(i >= texts && i < texts + encoded.length ? i + 1 : 0);
            }
            texts += encoded.length;
        }
        assertThat(texts).isEqualTo(sizes.size());
    }

    @Test
    void theLastBatchIsNoSmallOne() {
        List<TokenForest> forests = lines(List.of(8, 8, 8, 8, 8, 8, 8, 8, 3));
        assertThat(ForestBatch.of(forests, 64).stream()
                        .map(batch -> batch.depths().shape()[0]))
                .containsExactly(4L, 5L);
    }

    @Test
    void muchPaddingIsAvoided() {
        assertThat(ForestBatch.of(lines(List.of(9, 8, 2, 2)), 100).stream()
                        .map(batch -> batch.depths().shape()[1]))
                .containsExactly(9L, 2L);
    }

    /** Earlier contents of the memory do not shine through. */
    @Test
    void paddingIsZeroAndSeesItself() {
        float[] table = {1, 2, 3, 4, 5, 6};
        NumberedTexts texts = new NumberedTexts(List.of());
        ReusedMemory memory = new ReusedMemory();
        ForestBatch full = ForestBatch.of(lines(List.of(3, 3)), 100).get(0);
        assertThat(full.embedded(texts, FloatBuffer.wrap(table), 2, memory).toFloats())
                .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
        ForestBatch padded = ForestBatch.of(lines(List.of(3, 2)), 100).get(0);
        assertThat(padded.embedded(texts, FloatBuffer.wrap(table), 2, memory).toFloats())
                .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 0, 0);
        TensorData mask = padded.mask(memory);
        assertThat(mask.shape()).containsExactly(2, 3, 3);
        assertThat(mask.rows(1, 1).toFloats()).containsExactly(0, UNSEEN, UNSEEN, 0, 0, UNSEEN, UNSEEN, UNSEEN, 0);
    }
}
