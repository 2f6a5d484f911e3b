package dev.clap4j.internal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.checkpoint.Architectures;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatrixWorkTests {
    private static long of(VisionTower tower, long batch) {
        MatrixWork work = new MatrixWork();
        Shapes shapes = tower.shapes();
        long side = tower.imageSize();
        long[] features = tower.forward(work, name -> shapes.asMap().get(name), new long[] {batch, 3, side, side});
        assertThat(features).containsExactly(batch, tower.embedDim());
        return work.multiplyAdds();
    }

    /**
     * Patches, then 12 blocks of 197 tokens, 768 wide: 12 d² for each token's matrices, 2 n d for its attention. The last
     * block computes keys and values alone, 2 d², for all but the class token.
     */
    @Test
    void transformersAreCountedAsOnPaper() {
        long tokens = 197;
        long width = 768;
        long patches = 196 * (3 * 16 * 16) * width;
        long blocks = 11 * tokens * (12 * width * width + 2 * tokens * width);
        long last = tokens * 2 * width * width + 10 * width * width + 2 * tokens * width;
        long projection = width * 512;

        long counted = of(Architectures.named("ViT-B/16").vision(), 2);

        assertThat(counted).isEqualTo(2 * (patches + blocks + last + projection));
    }

    /** The last block of a text whose tokens attend to all computes keys and values alone for all but the token read. */
    @Test
    void theLastBlockOfTextsComputesOnlyTheTokenThatIsRead() {
        long tokens = 64;
        long width = 768;
        long blocks = 11 * tokens * (12 * width * width + 2 * tokens * width);
        long last = tokens * 2 * width * width + 10 * width * width + 2 * tokens * width;
        TextTransformer siglip = new TextTransformer(
                64,
                32_000,
                768,
                12,
                12,
                3072,
                768,
                Activation.GELU_TANH,
                1e-6f,
                TextReading.ofWholeContext(TextReading.Place.LAST, 1),
                Projection.BIASED);
        TransformerBlock block = new TransformerBlock(
                768, 12, 3072, Activation.GELU, 1e-12f, false, Set.of(TransformerBlock.Variant.POST_NORM));
        SentenceHead head = new SentenceHead(false, SentenceHead.Layers.MATRIX);
        BertText bert =
                new BertText(64, 21_128, 512, 0, 2, block, 12, new Padding(Padding.Effect.MASKED, 0), head, 512);

        assertThat(of(siglip, tokens)).isEqualTo(blocks + last + width * 768);
        assertThat(of(bert, tokens)).isEqualTo(blocks + last + width * 512);
    }

    private static long of(TextTower tower, long tokens) {
        MatrixWork work = new MatrixWork();
        Shapes shapes = tower.shapes();
        long[] embedded = {1, tokens, tower.width()};
        tower.forward(work, name -> shapes.asMap().get(name), TextBatch.of(embedded, new long[] {1}));
        return work.multiplyAdds();
    }

    @Test
    void residualNetworksGrowWithTheBatch() {
        VisionTower tower = Architectures.named("RN50").vision();

        assertThat(of(tower, 4)).isEqualTo(4 * of(tower, 1)).isGreaterThan(4_000_000_000L);
    }
}
