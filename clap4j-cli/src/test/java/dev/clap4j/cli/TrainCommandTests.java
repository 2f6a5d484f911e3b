package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.head.HeadAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTests {
    /** 40 checks, of which the process is interrupted behind one of the first. */
    private static final String[] LONG = {
        "--classes", "dog,cat", "--no-noise", "--steps", "2000", "--check-every", "50", "--patience", "50"
    };

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void makeModel() {
        model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
    }

    private static Object[] train(Path out, String... options) {
        List<Object> words = new ArrayList<>(List.of("train", "--model", model, "--out", out));
        words.addAll(Arrays.asList(options));
        return words.toArray();
    }

    @Test
    void aShortRunEndsWithAHeadAndASummary() {
        Path out = folder.resolve("short");
        CommandRun run = CommandRun.of(
                train(out, "--classes", "dog, alarm clock", "--steps", "20", "--check-every", "10", "--seed", "5"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out())
                .contains("head             " + result(out))
                .containsPattern("steps +20, all")
                .containsPattern("suggested alpha +0.1");
        assertThat(run.err()).containsPattern("(?s)step 10: loss \\d\\.\\d{4}, head kept.*step 20: loss");
        Head head = Head.load(result(out));
        assertThat(head.info().classes()).containsExactly("dog", "alarm clock");
        assertThat(head.info().seed()).isEqualTo(5);
        assertThat(head.info().backboneName()).isEqualTo("model");
        HeadAccess.requireBackbone(head, Checkpoint.open(model));
    }

    private static Path result(Path run) {
        return run.resolve("head.safetensors");
    }

    @Test
    void stepsThatAreNotTrainedAreAnnounced() {
        CommandRun cut = CommandRun.of(
                train(folder.resolve("cut"), "--classes", "dog,cat", "--steps=10", "--check-every=4", "--latent=8"));
        assertThat(cut.exitCode()).as(cut.err()).isEqualTo(Clap.DONE);
        assertThat(cut.err())
                .startsWith(
                        "clap: 8 of the 10 steps are trained: only a check keeps a head, there is one every 4 steps,")
                .contains("with one every 5, all are trained (see --check-every)");
        assertThat(cut.out()).containsPattern("steps +8, all");

        CommandRun whole = CommandRun.of(
                train(folder.resolve("whole"), "--classes", "dog,cat", "--steps=10", "--check-every=5", "--latent=8"));
        assertThat(whole.err()).startsWith("step 5: ");
        assertThat(whole.out()).containsPattern("steps +10, all");
    }

    @Test
    void theRecordSaysHowToDoItAgain() throws IOException {
        Path out = folder.resolve("record");
        Path classes = Files.writeString(folder.resolve("my classes.txt"), "dog\ncat\n");
        CommandRun run = CommandRun.of(train(
                out,
                "--classes-file",
                classes.toString(),
                "--steps=10",
                "--tau=0.7",
                "--augment=OSD",
                "--latent=24",
                "--loss=info_nce",
                "--no-noise",
                "--json"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        JsonNode result = new ObjectMapper().readTree(run.out());
        assertThat(result.get("outcome").asText()).isEqualTo("all_steps");
        assertThat(result.get("head_step").asInt()).isEqualTo(10);
        JsonNode record = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(record.get("command").asText())
                .startsWith("clap train --model " + model + " --out " + out)
                .contains(" --classes-file '" + classes + "' ");
        assertThat(record.at("/options/classes/1").asText()).isEqualTo("cat");
        assertThat(record.at("/options/tau").asText()).isEqualTo("0.7");
        assertThat(record.at("/options/augment").asText()).isEqualTo("OSD=0.5");
        assertThat(record.at("/options/latent").asText()).isEqualTo("24");
        assertThat(record.at("/options/loss").asText()).isEqualTo("info_nce");
        assertThat(record.at("/options/noise-vectors").asText()).isEqualTo("0");
        assertThat(record.at("/model/engine").asText()).isEqualTo("ort");
    }

    @Test
    void presetsBringTheirClassesUnlessOthersAreNamed() {
        Path own = folder.resolve("preset-own");
        CommandRun.of(train(own, "--preset", "vlcs", "--classes", "dog,cat", "--steps", "4"));
        Head head = Head.load(result(own));
        assertThat(head.info().classes()).containsExactly("dog", "cat");
        assertThat(head.info().alpha()).isEqualTo(0.056f);
        Path published = folder.resolve("preset");
        CommandRun.of(train(published, "--preset", "pacs", "--steps", "4"));
        assertThat(Head.load(result(published)).info().classes()).hasSize(7).contains("guitar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    @DisabledOnOs(OS.WINDOWS)
    void anInterruptedProcessIsResumedToTheSameHead(String signal) throws IOException, InterruptedException {
        Path whole = folder.resolve("whole-" + signal);
        assertThat(CommandRun.of(train(whole, LONG)).exitCode()).isEqualTo(Clap.DONE);
        Path run = folder.resolve("interrupted-" + signal);
        Process process = start(run);
        while (process.isAlive() && !Files.exists(run.resolve("checkpoint.safetensors"))) {
            Thread.sleep(5);
        }
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        if (!signal.equals("KILL")) {
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsPattern("clap: stopped; \\d+ of 2000 steps are safe in .*\\. To go on:\\R"
                            + "  clap train .*--steps.* --resume\\R$");
            assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        }
        CommandRun resumed = CommandRun.of(train(run, concat(LONG, "--resume")));
        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(resumed.err()).doesNotContain("step 50:");
        assertThat(result(run)).hasBinaryContent(Files.readAllBytes(result(whole)));
    }

    private static Process start(Path run) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        for (Object word : train(run, LONG)) {
            words.add(word.toString());
        }
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private static String[] concat(String[] words, String more) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = more;
        return all;
    }

    @Test
    void anotherRunIsNotTouched() {
        Path out = folder.resolve("twice");
        String[] options = {"--classes", "dog,cat", "--steps", "4"};
        assertThat(CommandRun.of(train(out, options)).exitCode()).isEqualTo(Clap.DONE);
        CommandRun again = CommandRun.of(train(out, options));
        assertThat(again.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(again.err().strip())
                .isEqualTo("clap: " + out
                        + " already holds a run; continue it with --resume, or replace it with --overwrite");
        CommandRun other = CommandRun.of(train(out, "--classes", "dog,cat", "--steps", "5", "--resume"));
        assertThat(other.err().strip())
                .isEqualTo("clap: The run in " + out + " was started with steps 4, but now it is 5; "
                        + "resume it as it was started, or start anew with --overwrite");
        assertThat(CommandRun.of(train(out, concat(options, "--overwrite"))).exitCode())
                .isEqualTo(Clap.DONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps 4 | Name the classes with --classes or --classes-file, or choose a --preset that has them.",
                "--classes a,b --resume --overwrite | --resume, --overwrite are mutually exclusive",
                "--classes a,b --preset imagenet | Invalid value for option '--preset'",
                "--classes a,b --tau cold | Invalid value for option '--tau'",
                "--classes a,b --steps 0 | The number of steps should be from 1 to 10000000, but is 0",
                "--classes a,b --batch 1 | The batch size should be 2 or more, as prompts are told apart within a "
                        + "batch, but is 1",
                "--classes a,b --tau 0 | The temperature of a loss should be above 0, but is 0.0",
                "--classes a,b --prompts poems | Unknown source of prompts \"poems\"; there are template, "
                        + "template:zh, template:FILE.yaml, llm:DIR, random and promptstyler",
                "--classes a,,b | The class list \"a,,b\" has an empty name; write the names with single commas "
                        + "between them: dog,alarm clock",
                "--classes a,b --latent 0 | The dimensions of a head should be from 1 to 65536, but the latent one is 0",
            })
    void wrongUseIsExplained(String options, String message) {
        CommandRun run = CommandRun.of(train(folder.resolve("wrong"), options.split(" ")));
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--classes a,b --batch 5000 | A batch of 5000 cannot be drawn from 960 prompts; use smaller batches, "
                        + "or more classes or prompts",
                "--classes a,b --prompts llm:nowhere | There is no folder nowhere with prompts",
            })
    void impossibleOptionsAreExplained(String options, String message) {
        CommandRun run = CommandRun.of(train(folder.resolve("impossible"), options.split(" ")));
        assertThat(run.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(run.err().strip()).isEqualTo("clap: " + message);
        assertThat(folder.resolve("impossible")).doesNotExist();
    }
}
