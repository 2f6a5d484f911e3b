package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ManualTests {
    private static final CommandLine PROGRAM = Clap.program();

    private static final Map<String, String> PAGES =
            new Manual("1.2.3").pages(PROGRAM).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ManualTests::commands));
    }

    @Test
    void everyCommandHasAPageWithAllItsOptions() {
        Set<String> names = commands(PROGRAM)
                .filter(each -> !each.getCommandName().equals("help"))
                .map(each -> each.getCommandSpec().qualifiedName("-"))
                .collect(Collectors.toSet());
        assertThat(PAGES.keySet()).isEqualTo(names).contains("clap", "clap-train", "clap-checkpoint-inspect");
        commands(PROGRAM)
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.helpCommand())
                .forEach(spec -> {
                    String page = PAGES.get(spec.qualifiedName("-"));
                    assertThat(page).contains("\"clap4j 1.2.3\"");
                    spec.options().stream().filter(option -> !option.hidden()).forEach(option -> assertThat(page)
                            .contains(option.longestName().replace("-", "\\-")));
                });
    }

    @Test
    void completionOffersValuesAsTheyAreTyped() {
        assertThat(Manual.completion(PROGRAM))
                .contains("(\"table\" \"json\" \"jsonl\" \"csv\") # --format values")
                .contains("(\"clap\" \"im-aug\") # --objective values")
                .contains("(\"ViT-B/32\" \"ViT-B/16\" ")
                .doesNotContainPattern("_option_args=\\((\"[A-Z_]+\" ?)+\\)");
    }

    @Test
    void textIsNeverTakenForARequest() {
        Set<String> requests = Set.of(".TH", ".SH", ".PP", ".TP", ".nf", ".fi");
        assertThat(PAGES.values().stream().flatMap(String::lines))
                .noneMatch(line -> line.startsWith("'"))
                .allMatch(line -> !line.startsWith(".") || requests.contains(line.substring(0, 3)));
    }
}
