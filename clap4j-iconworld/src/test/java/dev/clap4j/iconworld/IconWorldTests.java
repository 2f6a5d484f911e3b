package dev.clap4j.iconworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.ToldProgress;
import dev.clap4j.iconworld.icon.Concept;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IconWorldTests {
    @Test
    void aWorldIsItsSeed() {
        ToldProgress rendered = ToldProgress.patient();
        IconWorld world = IconWorld.of(2, 32, 1000, 5, rendered);
        IconWorld again = IconWorld.of(2, 32, 1000, 5, Progress.NONE);
        IconWorld other = IconWorld.of(2, 32, 1000, 6, Progress.NONE);

        assertThat(rendered.done()).isEqualTo(14);
        assertThat(world.imageSize()).isEqualTo(32);
        assertThat(world.pixels(900)).hasSize(3 * 32 * 32).isEqualTo(again.pixels(900));
        assertThat(world.caption(900)).isEqualTo(again.caption(900));
        assertThat(world.pixels(900)).isNotEqualTo(other.pixels(900)).isNotEqualTo(world.pixels(901));
        assertThat(world.describe())
                .isEqualTo(again.describe())
                .isNotEqualTo(other.describe())
                .containsEntry("concepts", "2");
    }

    @Test
    void aSheetShowsEverySetInEveryType() {
        List<Concept> dog = List.of(Concepts.named("dog"));
        var sheet = ContactSheet.draw(dog, 16, 0, Progress.NONE);
        assertThat(sheet.getWidth()).isEqualTo(11 * 16);
        assertThat(sheet.getHeight()).isEqualTo(8 * 16);
    }

    @ParameterizedTest
    @CsvSource({"dog, dog", "Fire_Truck, fire truck", "ICE CREAM, ice cream"})
    void thingsAreFoundByTheirNames(String given, String name) {
        assertThat(Concepts.named(given).name()).isEqualTo(name);
    }

    @Test
    void unknownThingsAreAnsweredWithAllThereAre() {
        assertThatThrownBy(() -> Concepts.named("zebu"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Icon world has no zebu; it has dog, cat, horse, cow, ")
                .satisfies(
                        error -> assertThat(error.getMessage().split(", ", -1)).hasSize(187));
    }
}
