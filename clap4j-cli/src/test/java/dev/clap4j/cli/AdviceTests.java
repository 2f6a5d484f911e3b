package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class AdviceTests {
    private static final Map<String, CommandLine> COMMANDS = Clap.program().getSubcommands();

    private static CommandSpec command(String name) {
        return COMMANDS.get(name).getCommandSpec();
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemHasAWayOutOfSomeCommand(Problem problem) {
        ClapException error = new ClapException(problem, "x");
        CommandLine prompts = COMMANDS.get("prompts").getSubcommands().get("llm");
        assertThat(COMMANDS.values().stream().map(CommandLine::getCommandSpec)).anySatisfy(command -> assertThat(
                        Advice.on(error, command).or(() -> Advice.on(error, prompts.getCommandSpec())))
                .isPresent());
    }

    @Test
    void onlyOptionsThatTheCommandHasAreNamed() {
        ClapException error = new ClapException(Problem.RUN_EXISTS, "x");
        assertThat(Advice.on(error, command("train")))
                .contains("continue it with --resume, or replace it with --overwrite");
        assertThat(Advice.on(error, command("classify"))).isEmpty();
    }

    @Test
    void theProblemMayLieDeeper() {
        ClapException below = new ClapException(Problem.RUN_IS_DAMAGED, "x");
        assertThat(Advice.on(new IllegalStateException(below), command("train")))
                .contains("--overwrite starts anew");
        assertThat(Advice.on(new ClapException("x"), command("train"))).isEmpty();
    }
}
