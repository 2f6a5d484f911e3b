package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.report.DisplayWidth;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.ArgSpec;

class ClapTests {
    @Test
    void helpListsTheCommands() {
        CommandRun run = CommandRun.of("--help");
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out()).contains("Usage: clap");
    }

    /** Short, last and without the page of help that would push it out of sight. */
    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            '' | clap: Which command? To begin with: clap quickstart § See clap --help
            trian | clap: There is no command trian § Did you mean train? § See clap --help
            --no-such-option | clap: Unknown option: --no-such-option § See clap --help
            zeroshot --data d --alhpa 1 | clap: Unknown option: --alhpa § Did you mean --alpha? § See clap zeroshot --help
            zeroshot x --data d | clap: Unexpected argument: x § See clap zeroshot --help
            train --classes a,b | clap: Missing required option: '--out=DIR' § See clap train --help
            fewshot --data d --out o --shots x | clap: shots should be a whole number, not 'x' § See clap fewshot --help
            fewshot --data d --out o --seed 1.5 | clap: seed should be a whole number, not '1.5' § See clap fewshot --help
            fewshot --data d --out o --seeds 9999999999 | clap: seeds should be a whole number of at most 2147483647, not '9999999999' § See clap fewshot --help
            zeroshot --data d --seed 1 --seed 2 | clap: option '--seed' (S) should be specified only once § See clap zeroshot --help
            train --classes a,b --out o --tau warm | clap: Invalid value for option '--tau': should be a number, not 'warm' § See clap train --help
            train --classes a,b --out o --noise-std warm | clap: Invalid value for option '--noise-std': should be a number, not 'warm' § See clap train --help
            embed --images a --texts b --out c.npy | clap: --images=DIR|FILE, --texts=FILE are mutually exclusive (specify only one) § See clap embed --help
            iconworld | clap: Which command? build or sheet. § See clap iconworld --help
            head | clap: Which command? inspect or apply. § See clap head --help
            help trian | clap: There is no command trian § Did you mean train? § See clap --help
            help head inpsect | clap: There is no command inpsect § Did you mean inspect? § See clap head --help
            head inpsect | clap: There is no command inpsect § Did you mean inspect? § See clap head --help
            train --preset pcas --out o | clap: Invalid value for option '--preset': should be pacs, vlcs, officehome or domainnet, not 'pcas' § Did you mean pacs? § See clap train --help
            train --clases a,b | clap: Unknown option: --clases § Did you mean --classes? § See clap train --help
            classify --clases=a,b i.png | clap: Unknown option: --clases § Did you mean --classes? § See clap classify --help
            classify --classes a,b --tmplate t i.png | clap: Unknown option: --tmplate § Did you mean --template? § See clap classify --help
            checkpoint random --arhitecture tiny --out o | clap: Unknown option: --arhitecture § Did you mean --architecture? § See clap checkpoint random --help
            checkpoint random tiny --out o | clap: Missing required option: '--architecture=NAME' § See clap checkpoint random --help
            trian --classes a | clap: There is no command trian § Did you mean train? § See clap --help
            classify --classes a --format jsno i.png | clap: Invalid value for option '--format': should be table, json, jsonl or csv, not 'jsno' § Did you mean json? § See clap classify --help
            train --classes a --out o --objective imaug | clap: Invalid value for option '--objective': should be clap or im-aug, not 'imaug' § Did you mean im-aug? § See clap train --help
            tokenize --activation qickgelu a | clap: Invalid value for option '--activation': should be quickgelu or gelu, not 'qickgelu' § Did you mean quickgelu? § See clap tokenize --help
            synthesize --synthesizer x --out o | clap: Invalid value for option '--synthesizer': should be iconworld, diffusion or endpoint, not 'x' § See clap synthesize --help
            checkpoint | clap: Which command? inspect, verify, quantize or random. § See clap checkpoint --help
            """)
    void wrongUseIsSaidInTwoOrThreeLines(String arguments, String said) {
        CommandRun run = CommandRun.of((Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualToIgnoringNewLines(said.replace(" § ", "\n"));
    }

    /** The values of an option that has a few are those that the help shows. */
    @Test
    void valuesAreListedAsTheyAreTyped() {
        List<ArgSpec> options = Converters.options(Clap.program()).toList();
        assertThat(options).hasSizeGreaterThan(10);
        assertThat(options).allSatisfy(option -> {
            List<String> values = Converters.values(option);
            assertThat(values).allMatch(value -> value.matches("[a-z0-9-]+"));
            if (option.paramLabel().contains("|")) {
                assertThat(option.paramLabel().split("\\|")).containsExactlyInAnyOrderElementsOf(values);
            }
        });
    }

    @Test
    void whatWasTypedCannotSteerTheTerminal() {
        CommandRun run = CommandRun.of("zeroshot", "--data", "d", "\u001b[2Jx");
        assertThat(run.err()).contains("\\u001b[2Jx").doesNotContain("\u001b");
    }

    @Test
    void errorsAreOneLineWhateverWasTyped() {
        CommandRun unexpected = CommandRun.of("zeroshot", "--data", "d", "x\ny");
        assertThat(unexpected.err().lines().toList())
                .containsExactly("clap: Unexpected argument: x\\ny", "See clap zeroshot --help");
        CommandRun missing = CommandRun.of("checkpoint", "inspect", "no\nmodel");
        assertThat(missing.err().lines()).singleElement().asString().contains("no\\nmodel");
        CommandRun root = CommandRun.of("embed", "--texts", "t", "--out", "/");
        assertThat(root.err().lines()).first().asString().startsWith("clap: Cannot save features as /");
    }

    @Test
    void aClosedPipeEndsQuietly() {
        StringWriter err = new StringWriter();
        Writer closed = new Writer() {
            @Override
            public void write(char[] text, int start, int count) {
                throw new Terminal.ClosedPipe(null);
            }

            @Override
            public void flush() {
                // There is nothing to flush.
            }

            @Override
            public void close() {
                // It is closed.
            }
        };
        for (String command : new String[] {"--help", "prompts"}) {
            String[] words = command.equals("--help")
                    ? new String[] {command}
                    : new String[] {command, "--classes", "dog", "--count", "9"};
            assertThat(Clap.execute(new PrintWriter(closed), new PrintWriter(err), words))
                    .isEqualTo(Clap.NOBODY_READS);
        }
        assertThat(err.toString()).isEmpty();
    }

    /** Each command once, below the heading of what it is for. */
    @Test
    void helpGroupsTheCommands() {
        String help = CommandRun.of("--help").out();
        assertThat(help).containsSubsequence("Start here:", "Use a model:", "Train:", "Evaluate:", "Tools:");
        assertThat(Clap.program().getSubcommands().keySet())
                .allSatisfy(name -> assertThat(help).containsOnlyOnce("\n  " + name + " "));
        assertThat(help.lines()).allMatch(line -> DisplayWidth.of(line) <= 80);
    }

    @ParameterizedTest
    @CsvSource({
        "train, Usage: clap train",
        "head inspect, Usage: clap head inspect",
        "'', Usage: clap [",
        "help, Usage: clap help"
    })
    void helpOfACommandIsShown(String command, String usage) {
        CommandRun run = CommandRun.of((Object[]) ("help " + command).strip().split(" "));
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.out()).startsWith(usage);
    }

    /** Every line of every command's help fits a terminal. */
    @Test
    void helpFitsEightyColumns() {
        Clap.program().getSubcommands().forEach((name, command) -> {
            assertThat(command.getUsageMessage().lines()).as(name).allMatch(line -> DisplayWidth.of(line) <= 80);
            command.getSubcommands()
                    .forEach((inner, sub) -> assertThat(sub.getUsageMessage().lines())
                            .as(name + " " + inner)
                            .allMatch(line -> DisplayWidth.of(line) <= 80));
        });
    }
}
