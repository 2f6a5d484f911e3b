package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.scene.ArtStyle;
import dev.clap4j.iconworld.scene.Colour;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Size;
import dev.clap4j.iconworld.scene.Word;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.prompt.PromptLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures in pages are those of the files that the program wrote, and counts those of the program. */
class PagesTests {
    private static final Path ROOT = Path.of(System.getProperty("clap4j.root", ".."));

    /** English for small numbers, as pages have them. */
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven");

    private static String page(String name) throws IOException {
        return Files.readString(ROOT.resolve(name));
    }

    /** With {@code -Dclap4j.renew-pages=true} pages are renewed instead. {@code docs/results/renew} makes the results anew. */
    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/evaluate.md", "docs/mini-clip.md"})
    void figuresAreThoseOfTheResults(String name) throws IOException {
        String page = page(name);
        String renewed = Pages.of(ROOT.resolve("docs/results")).renewed(page);
        if (Boolean.getBoolean("clap4j.renew-pages")) {
            AtomicFiles.writeString(ROOT.resolve(name), renewed);
        } else {
            assertThat(page)
                    .as(name + " and docs/results differ; see CONTRIBUTING, Generated parts of pages")
                    .isEqualTo(renewed);
        }
        assertThat(page).contains("<!-- figure: ");
        // A comment at the start of a line ends the paragraph before it.
        assertThat(page).doesNotContainPattern("(?m)^ *<!-- figure: [\\w-]+ -->\\S");
    }

    @Test
    void aFigureThatIsNoneIsNotPassedOver() throws IOException {
        Pages pages = Pages.of(ROOT.resolve("docs/results"));

        assertThat(pages.renewed("on <!-- figure: zero-shot-interval -->old<!-- end -->, and on"))
                .startsWith("on <!-- figure: zero-shot-interval -->−")
                .endsWith("<!-- end -->, and on")
                .doesNotContain("old");
        assertThatThrownBy(() -> pages.renewed("<!-- figure: nonsense -->1<!-- end -->"))
                .hasMessageStartingWith("There is no figure nonsense");
    }

    /** The provenance in result files names no folder of the machine that wrote them. */
    @Test
    void resultsNameNoMachine() throws IOException {
        for (String file : List.of("quickstart.txt", "quickstart.jsonl", "reproduction.txt")) {
            assertThat(page("docs/results/" + file)).doesNotContain("\"/", ":\\\\");
        }
    }

    /** With {@code -Dclap4j.renew-pages=true} the page is written instead. */
    @Test
    void commandsAreThoseOfTheProgram() throws IOException {
        String commands = CommandsPage.of(Clap.program());
        if (Boolean.getBoolean("clap4j.renew-pages")) {
            AtomicFiles.writeString(ROOT.resolve("docs/commands.md"), commands);
        } else {
            String page = page("docs/commands.md");
            assertThat(commands.lines().filter(line -> !page.contains(line)))
                    .as("docs/commands.md is older than the help texts; see CONTRIBUTING, Generated parts of pages")
                    .isEmpty();
            assertThat(page).isEqualTo(commands);
        }
        assertThat(commands)
                .contains("## clap quickstart", "### clap checkpoint random", "`--shots ")
                .doesNotContain("${", System.getProperty("user.home"), System.getProperty("user.dir"));
    }

    @Test
    void countsAreThoseOfTheProgram() throws IOException {
        String things = Concept.ALL.size() + " everyday things";
        String sets = NUMBERS.get(IconSet.values().length);
        String seen = NUMBERS.get(IconSet.SEEN.size());
        String unseen = NUMBERS.get(IconSet.UNSEEN.size());
        assertThat(oneLine("docs/evaluate.md"))
                .contains(
                        Concept.EVALUATED + " class names",
                        "emoji of " + sets + " teams; the model was trained on " + seen + " of them");
        assertThat(oneLine("docs/train.md"))
                .contains("one for each of the "
                        + PromptLanguage.ENGLISH.templates("dog").size() + " template prompts");
        assertThat(oneLine("docs/icon-world.md"))
                .contains(things, "sees " + seen + " of the " + sets)
                .contains("The other " + unseen + " are the unseen domains", "The first " + Concept.EVALUATED)
                .contains(words("image type", ImageType.values()))
                .contains(words("size", Size.values()))
                .contains(words("art style", ArtStyle.values()))
                .contains(words("colour", Colour.values()));
        for (IconSet set : IconSet.values()) {
            assertThat(page("docs/icon-world.md"))
                    .containsPattern("\\| `" + set.id() + "` \\|.*\\| "
                            + (IconSet.SEEN.contains(set) ? "seen" : "unseen") + " \\|");
        }
        int perDomain = Concept.EVALUATED * EmbeddedWorld.PER_CLASS;
        assertThat(oneLine("docs/mini-clip.md"))
                .contains(
                        things,
                        Concept.EVALUATED + " classes, " + EmbeddedWorld.PER_CLASS
                                + " pictures of each class in each icon set ("
                                + thousands(IconSet.SEEN.size() * perDomain) + " of seen sets, "
                                + thousands(IconSet.UNSEEN.size() * perDomain) + " of unseen sets)");
    }

    private static String thousands(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String oneLine(String name) throws IOException {
        return page(name).replaceAll("\\s+", " ");
    }

    private static String words(String attribute, Word[] values) {
        return "| " + attribute + " | " + Arrays.stream(values).map(Word::word).collect(Collectors.joining(", "))
                + " |";
    }
}
