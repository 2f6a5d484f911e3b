package dev.clap4j.iconworld;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Size;
import dev.clap4j.iconworld.scene.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about icon world credits whoever drew the icons, and says what pictures can be. */
class CreditsTests {
    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("clap4j.root", ".."), "docs", "icon-world.md"));
    }

    @ParameterizedTest
    @EnumSource(IconSet.class)
    void everySetIsCredited(IconSet set) throws IOException {
        assertThat(page().lines())
                .contains("| `" + set.id() + "` | " + set.title() + " | " + set.author() + " | " + set.licence() + " | "
                        + (set.isSeen() ? "seen" : "unseen") + " |");
    }

    @Test
    void noOtherSetIsCredited() throws IOException {
        assertThat(page().lines().filter(line -> line.startsWith("| `"))).hasSize(IconSet.values().length);
    }

    static Stream<List<Word>> attributes() {
        return Stream.of(
                List.of(ImageType.values()),
                List.of(ArtStyle.values()),
                List.of(Size.values()),
                List.of(Colour.values()));
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void everyWordIsListed(List<Word> words) throws IOException {
        assertThat(page()).contains(words.stream().map(Word::word).collect(Collectors.joining(", ")));
    }
}
