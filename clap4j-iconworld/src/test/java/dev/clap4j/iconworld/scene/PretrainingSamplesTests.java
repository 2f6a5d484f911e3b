package dev.clap4j.iconworld.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PretrainingSamplesTests {
    private static final int LENGTH = 10_000;
    private static final PretrainingSamples SAMPLES = new PretrainingSamples(Concept.ALL, IconSet.SEEN, LENGTH, 3);

    private static boolean isEasy(Scene scene) {
        return scene.attributes().colour() == Colour.MULTICOLORED
                && scene.attributes().artStyle() == ArtStyle.REALISTIC
                && scene.attributes().size() != Size.SMALL;
    }

    private static boolean isJustNamed(String caption, Scene scene) {
        String name = scene.concept().name();
        return Set.of(name, Captions.a(name), "this is " + Captions.a(name), "a photo of " + Captions.a(name))
                .contains(caption);
    }

    @Test
    void beginsWithNamesForThingsAsTheyAre() {
        for (int i = 0; i < LENGTH / 20; i++) {
            assertThat(isEasy(SAMPLES.scene(i))).isTrue();
            assertThat(isJustNamed(SAMPLES.caption(i), SAMPLES.scene(i))).isTrue();
        }
    }

    @Test
    void picturesChangeBeforeWords() {
        int hard = 0;
        for (int i = LENGTH / 4 - 100; i < LENGTH / 4; i++) {
            hard += isEasy(SAMPLES.scene(i)) ? 0 : 1;
            assertThat(isJustNamed(SAMPLES.caption(i), SAMPLES.scene(i))).isTrue();
        }
        assertThat(hard).isGreaterThan(60);
    }

    @Test
    void endsWithEverythingAndStaysThere() {
        Set<Colour> colours = EnumSet.noneOf(Colour.class);
        Set<Size> sizes = EnumSet.noneOf(Size.class);
        Set<ImageType> types = EnumSet.noneOf(ImageType.class);
        Set<IconSet> sets = EnumSet.noneOf(IconSet.class);
        Set<String> names = new HashSet<>();
        int named = 0;
        for (int i = 0; i < 1000; i++) {
            long index = i < 500 ? 6000 + i : 3L * LENGTH + i;
            Scene scene = SAMPLES.scene(index);
            colours.add(scene.attributes().colour());
            sizes.add(scene.attributes().size());
            types.add(scene.attributes().imageType());
            sets.add(scene.iconSet());
            names.add(scene.concept().name());
            named += isJustNamed(SAMPLES.caption(index), scene) ? 1 : 0;
        }
        assertThat(colours).hasSize(10);
        assertThat(sizes).hasSize(3);
        assertThat(types).hasSize(8);
        assertThat(sets).containsExactlyElementsOf(IconSet.SEEN);
        assertThat(names).hasSizeGreaterThan(90);
        // Names alone are about an eighth of all captions.
        assertThat(named).isBetween(70, 180);
    }

    @Test
    void everydayThingsComeMoreOften() {
        Set<Concept> everyday = Set.copyOf(Concept.ALL.subList(0, Concept.EVALUATED));
        long count = 0;
        for (int i = 0; i < 2000; i++) {
            count += everyday.contains(SAMPLES.scene(i).concept()) ? 1 : 0;
        }
        // 0.7 + 0.3 · 77 / 187 = 0.82; the standard error is below 0.01.
        assertThat(count / 2000.0).isBetween(0.79, 0.86);
    }

    @Test
    void neighboursKeepCompanyOnlyAtTheEnd() {
        // Of 64 draws, at the end 45 are among 16 things: some 33 different ones in all, against 42 at the beginning.
        assertThat(different(LENGTH)).isLessThan(0.87 * different(0));
    }

    /** Counts distinct concepts among 64 neighbours, summed over ten runs. */
    private static double different(long from) {
        return LongStream.range(0, 10)
                .map(run -> LongStream.range(0, 64)
                        .mapToObj(i -> SAMPLES.scene((from / 64 + run) * 64 + i).concept())
                        .distinct()
                        .count())
                .sum();
    }

    @Test
    void aSampleIsTheSameWheneverAskedFor() {
        PretrainingSamples again = new PretrainingSamples(Concept.ALL, IconSet.SEEN, LENGTH, 3);
        PretrainingSamples other = new PretrainingSamples(Concept.ALL, IconSet.SEEN, LENGTH, 4);
        int different = 0;
        for (int i = LENGTH - 1; i > LENGTH - 50; i--) {
            assertThat(again.scene(i)).isEqualTo(SAMPLES.scene(i));
            assertThat(again.caption(i)).isEqualTo(SAMPLES.caption(i));
            different += other.scene(i).equals(SAMPLES.scene(i)) ? 0 : 1;
        }
        assertThat(different).isEqualTo(49);
    }
}
