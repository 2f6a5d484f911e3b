package dev.clap4j.internal.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.internal.checkpoint.Architectures;
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

    /** Patches, then 12 blocks of 197 tokens, 768 wide: 12 d² for each token's matrices, 2 n d for its attention. */
    @Test
    void transformersAreCountedAsOnPaper() {
        long tokens = 197;
        long width = 768;
        long patches = 196 * (3 * 16 * 16) * width;
        long blocks = 12 * tokens * (12 * width * width + 2 * tokens * width);
        long projection = width * 512;

        long counted = of(Architectures.named("ViT-B/16").vision(), 2);

        assertThat(counted).isEqualTo(2 * (patches + blocks + projection));
    }

    @Test
    void residualNetworksGrowWithTheBatch() {
        VisionTower tower = Architectures.named("RN50").vision();

        assertThat(of(tower, 4)).isEqualTo(4 * of(tower, 1)).isGreaterThan(4_000_000_000L);
    }
}
