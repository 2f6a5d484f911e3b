package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.prompt.PromptLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptsCommandTests {
    private static List<String> lines(Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        return run.out().lines().toList();
    }

    @Test
    void printsAllTemplatesInOrder() {
        List<String> lines = lines("prompts", "--classes", "dog,alarm clock");

        assertThat(lines).hasSize(960);
        assertThat(lines.subList(0, 480)).isEqualTo(PromptLanguage.ENGLISH.templates("dog"));
        assertThat(lines.get(480)).isEqualTo("a realistic painting of a large red alarm clock");
    }

    @Test
    void namesWithCommasStandInQuotationMarks() {
        List<String> lines = lines("prompts", "--classes", "\"dog, hot\",cat");

        assertThat(lines).hasSize(960);
        assertThat(lines.get(0)).isEqualTo("a realistic painting of a large red dog, hot");

        CommandRun open = CommandRun.of("prompts", "--classes", "cat,\"dog");
        assertThat(open.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(open.err()).startsWith("clap: The list cat,\"dog has a quotation mark that is not closed");
    }

    @Test
    void jsonHasTheSamePrompts() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(CommandRun.of("prompts", "--classes", "dog", "--augment", "--json")
                        .out());
        assertThat(json).hasSize(480);
        assertThat(lines("prompts", "--classes", "dog", "--augment").get(7))
                .isEqualTo(json.get(7).get("prompt").asText() + "\t"
                        + json.get(7).get("augmented").asText());
    }

    @Test
    void classesThatLookTheSameAreToldOf() {
        assertThat(CommandRun.of("prompts", "--classes", "dog,Dog,fire_truck,fire truck", "--count", 1)
                        .err())
                .isEqualToIgnoringNewLines("clap: the classes \"dog\" and \"Dog\" look like one, written twice"
                        + "clap: the classes \"fire_truck\" and \"fire truck\" look like one, written twice");
    }

    @Test
    void drawsWithoutReplacementFromTheSeed() {
        List<String> drawn = lines("prompts", "--classes", "dog", "--count", 600, "--seed", 4);

        assertThat(drawn).hasSize(600).isEqualTo(lines("prompts", "--classes", "dog", "--count", 600, "--seed", 4));
        assertThat(drawn.subList(0, 480)).containsExactlyInAnyOrderElementsOf(PromptLanguage.ENGLISH.templates("dog"));
        assertThat(drawn).isNotEqualTo(lines("prompts", "--classes", "dog", "--count", 600, "--seed", 5));
    }

    @Test
    void showsTheAugmentedFormBehindATab() {
        List<String> lines = lines("prompts", "--classes", "dog", "--augment", "OSD=1,OCD=1,SPO=1");

        assertThat(lines.get(0))
                .isEqualTo("a realistic painting of a large red dog\ta dog in a realistic painting style");
    }

    @Test
    void augmentsAsTheOfficialCodeUnlessToldOtherwise() {
        List<String> lines = lines("prompts", "--classes", "dog", "--augment", "--count", 200);

        assertThat(lines).allMatch(line -> line.contains("\t"));
        assertThat(lines).anyMatch(line -> line.endsWith(" style")).allMatch(line -> line.substring(line.indexOf("\t"))
                .contains("istic"));
    }

    @Test
    void showsTheEmbeddedSources() {
        assertThat(lines("prompts", "--classes", "dog", "--prompts", "random"))
                .hasSize(480)
                .contains("an acorn style of dog");
        assertThat(lines("prompts", "--classes", "dog", "--prompts", "promptstyler:3", "--augment", "none"))
                .hasSize(3)
                .first()
                .asString()
                .matches("a S\\*1 style of a dog\ta S\\*[23] style of a dog");
    }

    private static boolean hasNewWord(String... forms) {
        List<String> words = List.of(forms[0].split(" ", -1));
        return !words.containsAll(List.of(forms[1].split(" ", -1)));
    }

    @Test
    void showsWhatEdaDoes() {
        List<String> lines = lines("prompts", "--classes", "dog", "--augment", "eda", "--seed", 2);

        // Half of the changes, a replacement or an insertion, bring a new word; the standard deviation is 11.
        long news = lines.stream()
                .map(line -> line.split("\t", -1))
                .filter(PromptsCommandTests::hasNewWord)
                .count();
        assertThat(news).isBetween(180L, 290L);
        assertThat(lines).isEqualTo(lines("prompts", "--classes", "dog", "--augment", "eda", "--seed", 2));
    }

    @Test
    void mistakesAreExplained() {
        assertThat(CommandRun.of("prompts").exitCode()).isEqualTo(Clap.WRONG_USE);
    }
}
