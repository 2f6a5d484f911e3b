package dev.clap4j.fuzz.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.cli.Clap;
import dev.clap4j.fuzz.mutation.Chance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a killed process is not told from one that failed")
@Tag("slow")
class KillTests {
    @TempDir
    private Path folder;

    /** The program runs for half an hour; this is what fits into a build. */
    @Test
    void aFewKills() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new Kill())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--kills", "2", "--commands", "train,export", "--out", folder.toString());
        assertThat(code).as(err + "\n" + out).isZero();
        assertThat(out.toString()).contains("train ", "export ", "differences");
    }

    /** A command with {@code --resume} that were declared without it would fail when it is repeated. */
    @Test
    void commandsThatCanBeResumedAre() {
        assertThat(World.commands()).allSatisfy(command -> {
            StringWriter help = new StringWriter();
            String[] words = (command.verbs() + " --help").split(" ");
            Clap.execute(new PrintWriter(help), new PrintWriter(help), words);
            assertThat(command.resumedFrom().isEmpty())
                    .as(command.name())
                    .isEqualTo(!help.toString().contains("--resume "));
        });
    }

    /** A command that leaves another file than the undisturbed one is found out. */
    @Test
    void differencesAreFound() throws Exception {
        World.write(folder);
        Command command = World.commands().stream()
                .filter(one -> one.name().equals("export"))
                .findFirst()
                .orElseThrow();
        Path place = Files.createDirectories(folder.resolve("export").resolve("trial-1"));
        try (ClapProcess process = ClapProcess.start(command.words(), place)) {
            assertThat(process.exitCode()).as(process.said()).isZero();
        }
        Map<String, byte[]> undisturbed = new TreeMap<>(Contents.of(place));
        assertThat(undisturbed).containsKeys("out/image.onnx", "out/text.onnx", "out/classifier.onnx");
        undisturbed.put("out/image.onnx", new byte[] {1});
        undisturbed.put("out/lost.onnx", new byte[] {1});
        undisturbed.remove("out/text.onnx");
        Trial trial = new Trial(command, place, undisturbed, new Moment.Usual(1_000_000, 0));
        CommandTally tally = trial.run(Chance.of(unhurried(), "", 0));
        assertThat(tally.kills()).isZero();
        assertThat(trial.differences())
                .containsExactlyInAnyOrder(
                        "differs in the end: out/image.onnx",
                        "is missing in the end: out/lost.onnx",
                        "is left in the end: out/text.onnx");
    }

    /** A seed whose first moment comes long after the process has ended. */
    private static long unhurried() {
        for (long seed = 0; ; seed++) {
            Chance chance = Chance.of(seed, "", 0);
            chance.below(4);
            Moment moment = Moment.of(chance, new Moment.Usual(1_000_000, 0));
            if (moment.changes() == 0 && moment.millis() > 100_000 && moment.asked() < 0) {
                return seed;
            }
        }
    }

    @Test
    void everyCommandHasItsOwnName() {
        assertThat(World.commands().stream().map(Command::name)).doesNotHaveDuplicates();
    }

    @Test
    void tables() {
        assertThat(CommandTally.table(
                        List.of(new CommandTally("train", 2, 5, 3, 1, 0), new CommandTally("embed", 1, 1, 0, 1, 2))))
                .isEqualToNormalizingNewlines("""
                        command           trials   kills  resumes  repeats  differences
                        train                  2       5        3        1            0
                        embed                  1       1        0        1            2
                        all                    3       6        3        2            2
                        """);
    }
}
