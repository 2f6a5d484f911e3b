package dev.clap4j.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PillowResizeTests {
    private static final int[] RAMP = {0, 10, 40, 90, 160, 250, 255, 3};

    /** Expected: Pillow's {@code Image.resize} of the same row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nearest | 3 | 10 160 255",
                "box | 3 | 17 125 169",
                "bilinear | 3 | 21 132 173",
                "hamming | 3 | 14 129 173",
                "bicubic | 3 | 10 139 175",
                "lanczos | 3 | 1 146 178",
                "nearest | 11 | 0 10 10 40 90 160 160 250 255 255 3",
                "box | 11 | 0 10 10 40 90 160 160 250 255 255 3",
                "bilinear | 11 | 0 6 20 42 79 125 180 246 253 152 3",
                "hamming | 11 | 0 7 14 40 87 125 165 250 254 180 3",
                "bicubic | 11 | 0 4 17 42 77 123 181 248 255 151 0",
                "lanczos | 11 | 0 4 17 42 78 120 180 246 255 141 0",
            })
    void resizesARow(String filter, int width, String expected) {
        byte[] samples = new byte[RAMP.length];
        for (int i = 0; i < RAMP.length; i++) {
            samples[i] = (byte) RAMP[i];
        }
        Bitmap row = Bitmap.of(PixelMode.L, RAMP.length, 1, samples);
        Resampling resampling = Resampling.valueOf(filter.toUpperCase(Locale.ROOT));
        int[] result = unsigned(PillowResize.resize(row, width, 1, resampling).samples());
        assertThat(result)
                .isEqualTo(Arrays.stream(expected.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
        int[] column = unsigned(PillowResize.resize(Bitmaps.transposed(row), 1, width, resampling)
                .samples());
        assertThat(column).isEqualTo(result);
    }

    private static int[] unsigned(byte[] samples) {
        int[] values = new int[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] & 0xFF;
        }
        return values;
    }

    /** The colour of transparent pixels does not bleed into their neighbours. */
    @Test
    void weighsColoursByOpacity() {
        byte[] samples = {(byte) 200, 100, 0, (byte) 255, 0, 0, 0, 0};
        Bitmap half = PillowResize.resize(Bitmap.of(PixelMode.RGBA, 2, 1, samples), 1, 1, Resampling.BOX);
        assertThat(unsigned(half.samples())).containsExactly(199, 99, 0, 128);
    }

    @Test
    void resizesSixteenBits() {
        byte[] samples = {0, 0, 0x10, 0x27, (byte) 0xFF, (byte) 0xFF, 1, 0};
        Bitmap wide = Bitmap.of(PixelMode.I16, 4, 1, samples);
        byte[] half = PillowResize.resize(wide, 2, 1, Resampling.BOX).samples();
        assertThat(half).containsExactly((byte) 0x88, (byte) 0x13, 0, (byte) 0x80);
    }

    @Property(tries = 200)
    void aConstantStaysConstant(
            @ForAll Resampling filter,
            @ForAll byte value,
            @ForAll @IntRange(min = 1, max = 60) int width,
            @ForAll @IntRange(min = 1, max = 60) int newWidth,
            @ForAll @IntRange(min = 1, max = 60) int newHeight) {
        byte[] samples = new byte[width * 7 * 3];
        Arrays.fill(samples, value);
        byte[] resized = PillowResize.resize(Bitmap.of(PixelMode.RGB, width, 7, samples), newWidth, newHeight, filter)
                .samples();
        assertThat(resized).hasSize(newWidth * newHeight * 3).containsOnly(value);
    }

    @Property(tries = 100)
    void theSameSizeIsTheSameImage(@ForAll Resampling filter, @ForAll long seed) {
        for (PixelMode mode : new PixelMode[] {PixelMode.L, PixelMode.RGBA, PixelMode.CMYK, PixelMode.I16}) {
            Bitmap bitmap = Bitmaps.random(mode, 9, 5, seed);
            assertThat(PillowResize.resize(bitmap, 9, 5, filter).samples()).isEqualTo(bitmap.samples());
        }
    }

    /** Weights are symmetric, but for ties of single pixels and the half-open window of the nearest and box filters. */
    @Property(tries = 100)
    void mirroringCommutes(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int newWidth) {
        Bitmap bitmap = Bitmaps.random(PixelMode.RGB, width, 6, seed);
        byte[] before = PillowResize.resize(Bitmaps.mirrored(bitmap), newWidth, 4, Resampling.BICUBIC)
                .samples();
        byte[] after = Bitmaps.mirrored(PillowResize.resize(bitmap, newWidth, 4, Resampling.BICUBIC))
                .samples();
        for (int i = 0; i < before.length; i++) {
            // A level for each pass: weights that mirror each other may differ in their last bit.
            assertThat(Math.abs((before[i] & 0xFF) - (after[i] & 0xFF))).isLessThanOrEqualTo(2);
        }
    }

    /** A part that is computed alone is that part of the whole. */
    @Property(tries = 200)
    void aWindowIsAPartOfTheWhole(
            @ForAll Resampling filter,
            @ForAll PixelMode mode,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 5, max = 40) int newWidth) {
        Bitmap random = Bitmaps.random(mode == PixelMode.P ? PixelMode.L : mode, width, 11, seed);
        Bitmap bitmap = mode == PixelMode.P ? Bitmap.ofPalette(width, 11, random.samples(), new byte[768]) : random;
        var window = new PillowResize.Window(2, 3, 3, 4);
        assertThat(PillowResize.resize(bitmap, newWidth, 8, filter, window).samples())
                .isEqualTo(PillowResize.resize(bitmap, newWidth, 8, filter)
                        .crop(2, 3, 3, 4)
                        .samples());
    }
}
