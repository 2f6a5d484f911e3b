package dev.clap4j.internal.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.training.augment.ImageAugmentation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AugmenterTests {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 30;

    private static Bitmap picture() {
        byte[] samples = new byte[WIDTH * HEIGHT * 3];
        new SplittableRandom(5).nextBytes(samples);
        return Bitmap.of(PixelMode.RGB, WIDTH, HEIGHT, samples);
    }

    private static byte[] view(ImageAugmentation augmentation, long seed) {
        return new Augmenter(augmentation)
                .apply(picture(), 24, Resampling.BICUBIC, new SplittableRandom(seed))
                .samples();
    }

    @Test
    void theSameSeedGivesTheSameView() {
        ImageAugmentation all = new ImageAugmentation(0.5, 0.5, 0.3, 1, 1, 0.5);
        assertThat(view(all, 1)).hasSize(24 * 24 * 3).isEqualTo(view(all, 1));
        assertThat(view(all, 1)).isNotEqualTo(view(all, 2));
    }

    @Test
    void withoutAnyChangeItIsTheMiddleSquare() {
        Bitmap expected = new SquareCrop(5, 0, HEIGHT).apply(picture(), 24, Resampling.BICUBIC);
        assertThat(view(ImageAugmentation.NONE, 3)).isEqualTo(expected.samples());
    }

    @Test
    void settingsAgreeOnTheChangesTheyShare() {
        ImageAugmentation crop = new ImageAugmentation(0.5, 0, 0, 0, 0, 0);
        ImageAugmentation cropAndFlip = new ImageAugmentation(0.5, 0, 0, 0, 0, 1);
        Bitmap cropped = Bitmap.of(PixelMode.RGB, 24, 24, view(crop, 8));
        assertThat(view(cropAndFlip, 8)).isEqualTo(Augmenter.flipped(cropped).samples());
        // Unlikely draws apart, a mask that always comes leaves the rest as it is.
        byte[] masked = view(new ImageAugmentation(0.5, 0, 0, 1, 0, 0), 8);
        int same = 0;
        for (int i = 0; i < masked.length; i++) {
            same += masked[i] == cropped.samples()[i] ? 1 : 0;
        }
        assertThat(same).isBetween(masked.length / 3, masked.length - 1);
    }

    @Test
    void probabilitiesAreKept() {
        ImageAugmentation flip = new ImageAugmentation(1, 0, 0, 0, 0, 0.25);
        byte[] plain = view(ImageAugmentation.NONE, 0);
        int flipped = 0;
        for (int seed = 0; seed < 4000; seed++) {
            flipped += view(flip, seed)[0] == plain[0] ? 0 : 1;
        }
        // The standard deviation of the part is 0.007.
        assertThat(flipped / 4000.0).isCloseTo(0.25, within(0.03));
    }

    @Test
    void cropsCoverTheirRangeEvenly() {
        RandomGenerator random = new SplittableRandom(2);
        double sum = 0;
        Set<Integer> edges = new HashSet<>();
        for (int i = 0; i < 4000; i++) {
            SquareCrop crop = SquareCrop.draw(100, 100, 0.64, random);
            assertThat(crop.edge()).isBetween(80, 100);
            assertThat(crop.left()).isBetween(0, 100 - crop.edge());
            assertThat(crop.top()).isBetween(0, 100 - crop.edge());
            edges.add(crop.edge());
            sum += crop.edge() * crop.edge() / 1e4;
        }
        assertThat(edges).hasSize(21);
        // Uniform between 0.64 and 1: the mean of 4000 draws has a deviation of 0.0016.
        assertThat(sum / 4000).isCloseTo(0.82, within(0.008));
    }

    @Test
    void aSquareThatFitsNowhereIsTheLargestInTheMiddle() {
        assertThat(SquareCrop.draw(100, 20, 0.64, new SplittableRandom(1))).isEqualTo(new SquareCrop(40, 0, 20));
        assertThat(SquareCrop.draw(21, 100, 1, new SplittableRandom(1))).isEqualTo(new SquareCrop(0, 39, 21));
    }

    @Test
    void brightnessAndHueCoverTheirRanges() {
        Bitmap gray = Bitmap.of(PixelMode.RGB, 1, 1, new byte[] {100, 100, 100});
        RandomGenerator random = new SplittableRandom(4);
        int least = 255;
        int most = 0;
        for (int i = 0; i < 1000; i++) {
            int value = new ColourJitter(0.5, 0).apply(gray, random).samples()[0] & 0xFF;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(50, 51);
        assertThat(most).isBetween(148, 149);
        Bitmap red = Bitmap.of(PixelMode.RGB, 1, 1, new byte[] {(byte) 255, 0, 0});
        for (int i = 0; i < 1000; i++) {
            // Within a third of a turn from red, green and blue are never there together.
            byte[] shifted = new ColourJitter(0, 0.3).apply(red, random).samples();
            assertThat(Math.min(shifted[1] & 0xFF, shifted[2] & 0xFF)).isZero();
        }
    }

    @Test
    void masksHaveAQuarterOfTheirBlocksAtMost() {
        RandomGenerator random = new SplittableRandom(6);
        Set<Integer> grids = new HashSet<>();
        int most = 0;
        for (int i = 0; i < 2000; i++) {
            BlockMask mask = BlockMask.draw(random);
            grids.add(mask.grid());
            assertThat(mask.blocks()).doesNotHaveDuplicates();
            assertThat(mask.blocks().length).isLessThanOrEqualTo(mask.grid() * mask.grid() / 4);
            most = Math.max(most, mask.blocks().length * 100 / (mask.grid() * mask.grid()));
        }
        assertThat(grids).containsExactlyInAnyOrder(8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(most).isEqualTo(25);
    }

    @Test
    void cornersMoveInwardsByAQuarterOfTheEdgeAtMost() {
        RandomGenerator random = new SplittableRandom(7);
        Bitmap white = white(64);
        for (int i = 0; i < 200; i++) {
            byte[] seen = Perspective.draw(64, 64, random).apply(white).samples();
            int middle = (32 * 64 + 32) * 3;
            assertThat(seen[middle]).isEqualTo((byte) 255);
            for (int y = 17; y < 47; y++) {
                assertThat(seen[(y * 64 + 17) * 3]).isEqualTo((byte) 255);
            }
        }
    }

    private static Bitmap white(int size) {
        byte[] samples = new byte[size * size * 3];
        Arrays.fill(samples, (byte) 255);
        return Bitmap.of(PixelMode.RGB, size, size, samples);
    }
}
