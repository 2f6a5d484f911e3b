package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.prompt.llm.ChatServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PromptsLlmCommandTests {
    @TempDir
    Path folder;

    private ChatServer server;
    private Path out;
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException {
        out = folder.resolve("prompts");
        server = new ChatServer(question -> {
            if (question.contains("endless")) {
                await();
            }
            return IntStream.range(0, 40)
                    .mapToObj(i ->
                            (i + 1) + ". " + question.replace("?", "") + " in picture " + (char) ('a' + i % 26) + i)
                    .collect(Collectors.joining("\n"));
        });
    }

    private void await() {
        try {
            release.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        release.countDown();
        server.close();
    }

    private Object[] llm(String... options) {
        List<Object> words = new ArrayList<>(List.of(
                "prompts",
                "llm",
                "--endpoint",
                server.endpoint(),
                "--model",
                "m",
                "--out",
                out,
                "--question",
                "a {class}?"));
        words.addAll(Arrays.asList(options));
        return words.toArray();
    }

    @Test
    void whatIsWrittenTrainsAHead() throws IOException {
        CommandRun run = CommandRun.of(llm("--classes", "dog,alarm clock", "--count", "30"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(run.out().strip()).isEqualTo("60 prompts of 2 classes in " + out + ", 2 of the classes new");
        assertThat(Files.readAllLines(out.resolve("alarm_clock.txt")))
                .hasSize(30)
                .startsWith("a alarm clock in picture a0", "a alarm clock in picture b1");

        CommandRun shown = CommandRun.of("prompts", "--classes", "dog", "--prompts", "llm:" + out);
        assertThat(shown.out().lines()).hasSize(30).startsWith("a dog in picture a0");
        Path head = folder.resolve("run");
        CommandRun trained = CommandRun.of(
                "train", "--prompts", "llm:" + out, "--classes", "alarm clock,dog", "--steps", 4, "--out", head);
        assertThat(trained.exitCode()).as(trained.err()).isEqualTo(Clap.DONE);
        JsonNode record = new ObjectMapper().readTree(head.resolve("run.json").toFile());
        assertThat(record.at("/options/prompts").asText()).isEqualTo("llm");
        assertThat(record.at("/options/augment").asText()).isEqualTo("eda");
        assertThat(record.at("/prompts/count").asInt()).isEqualTo(60);
    }

    @Test
    void classesThatAreThereAreKept() {
        CommandRun.of(llm("--classes", "dog", "--count", "3"));
        CommandRun more = CommandRun.of(llm("--classes", "dog,cat", "--count", "3", "--json"));
        assertThat(more.exitCode()).as(more.err()).isEqualTo(Clap.DONE);
        assertThat(more.out()).contains("\"classes\" : 2", "\"written\" : 1", "\"prompts\" : 6");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKilledProcessLosesNoFinishedClass() throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        for (Object word : llm("--classes", "dog,cat,endless", "--count", "3")) {
            words.add(word.toString());
        }
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (process.isAlive() && server.requests.size() < 3) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        try (var files = Files.list(out)) {
            assertThat(files.filter(file -> !AtomicFiles.isPassing(file))
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("llm.json", "dog.txt", "cat.txt");
        }
        release.countDown();
        CommandRun resumed = CommandRun.of(llm("--classes", "dog,cat,endless", "--count", "3"));
        assertThat(resumed.out().strip()).isEqualTo("9 prompts of 3 classes in " + out + ", 1 of the classes new");
    }

    @Test
    void mistakesAreExplained() {
        server.failNext(401, "{\"error\": {\"message\": \"No key.\"}}");
        CommandRun refused = CommandRun.of(llm("--classes", "dog"));
        assertThat(refused.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(refused.err().lines()).hasSize(1).first().asString().contains("refuses: status 401, No key.");

        CommandRun noKey = CommandRun.of(llm("--classes", "dog", "--key-variable", "NO_SUCH_KEY_HERE"));
        assertThat(noKey.err())
                .startsWith(
                        "clap: The environment variable of --key-variable is not set; the option takes the variable's name");

        CommandRun noClasses = CommandRun.of(llm());
        assertThat(noClasses.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(noClasses.err()).contains("Name the classes with --classes or --classes-file.");

        CommandRun noEndpoint = CommandRun.of("prompts", "llm", "--classes", "dog");
        assertThat(noEndpoint.exitCode()).isEqualTo(Clap.WRONG_USE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nothingIsWrittenOutsideTheFolder() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path precious = Files.writeString(elsewhere.resolve("precious"), "mine");
        Files.createDirectory(out);
        Files.createSymbolicLink(out.resolve("llm.json"), elsewhere.resolve("new"));

        String classes = "a /../../EVIL,../elsewhere/precious,..";
        CommandRun linked = CommandRun.of(llm("--classes", classes, "--count", "3"));
        assertThat(linked.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(linked.err()).contains("is not empty, and holds no prompts by a language model");
        Files.delete(out.resolve("llm.json"));

        CommandRun run = CommandRun.of(llm("--classes", classes, "--count", "3"));

        assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("prompts", "elsewhere");
        assertThat(elsewhere.toFile().list()).containsExactly("precious");
        assertThat(precious).hasContent("mine");
        assertThat(out.resolve("a_%2F..%2F..%2FEVIL.txt")).exists();
    }

    @Test
    void keysAreTakenFromTheEnvironmentAlone() {
        for (String option : List.of("--api-key=sk-hidden", "--key=sk-hidden", "--token=sk-hidden")) {
            CommandRun typed = CommandRun.of(llm("--classes", "dog", option));
            assertThat(typed.exitCode()).isEqualTo(Clap.WRONG_USE);
            assertThat(typed.err())
                    .contains("put it into the environment variable OPENAI_API_KEY")
                    .doesNotContain("hidden");
        }
        CommandRun mistaken = CommandRun.of(llm("--classes", "dog", "--key-variable", "sk-hidden"));
        assertThat(mistaken.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(mistaken.err()).hasLineCount(2).doesNotContain("hidden");
        CommandRun address = CommandRun.of(
                "prompts",
                "llm",
                "--classes",
                "dog",
                "--model",
                "m",
                "--out",
                out,
                "--endpoint",
                "http://me:hidden@host");
        assertThat(address.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(address.err()).hasLineCount(2).doesNotContain("hidden");
        assertThat(out).doesNotExist();
    }

    @Test
    void keysAreNeitherShownNorKept() throws IOException, InterruptedException {
        server.failNext(429, "{\"error\": {\"message\": \"sk-hidden-key may not ask so often\"}}");
        assertThat(withKey("sk-hidden-key\n", "--classes", "dog", "--json"))
                .contains("\"prompts\" : 3")
                .doesNotContain("hidden");
        assertThat(server.keys).hasSize(2).containsOnly("Bearer sk-hidden-key");
        assertThat(out.resolve("llm.json"))
                .content()
                .contains(server.endpoint())
                .doesNotContain("hidden");
        server.failNext(401, "{\"error\": {\"message\": \"sk-hidden-key is no key\"}}");
        assertThat(withKey("sk-hidden-key", "--classes", "cat"))
                .hasLineCount(1)
                .contains("refuses: status 401, [key] is no key; check the key");
        assertThat(withKey("sk-hidden\nhidden", "--classes", "cat"))
                .hasLineCount(2)
                .contains("The key for the language model has U+000A as character 10 of 16")
                .doesNotContain("hidden");
    }

    /** Returns the output of a process with a key in its environment. */
    private String withKey(String key, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Clap.class.getName()));
        for (Object word : llm("--count", "3")) {
            words.add(word.toString());
        }
        words.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("OPENAI_API_KEY", key);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
