package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FailureTests {
    private static final Map<String, CommandLine> COMMANDS = Clap.program().getSubcommands();

    @TempDir
    private Path folder;

    @Test
    void errorsOfMemoryAreFoundWhereverTheyStand() {
        Throwable full = new OutOfMemoryError("Java heap space");
        assertThat(Failure.words(full)).hasValueSatisfying(line -> assertThat(line)
                .startsWith("The memory is full: Java's heap has ")
                .contains(" MiB (Java heap space). CLAP_JAVA_OPTIONS=-Xmx"));
        assertThat(Failure.words(
                        new IllegalStateException("A head could not be trained", new CompletionException(full))))
                .isEqualTo(Failure.words(full));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            Cannot reserve 7 bytes of direct buffer memory (allocated: 1, limit: 2) | no room beside Java's heap
            unable to create native thread: possibly out of memory | no more threads
            null | Java's heap has
            """)
    void theLineSaysWhatIsFull(String reason, String said) {
        assertThat(Failure.words(new OutOfMemoryError(reason)).orElseThrow()).contains(said, "(" + reason + ")");
    }

    @Test
    void nativeLibrariesHaveWordsOfTheirOwn() {
        assertThat(Failure.words(new IllegalStateException("ONNX Runtime failed: std::bad_alloc")))
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("The memory is full: the system gives no more"));
        assertThat(Failure.words(new RuntimeException(
                        "[enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: you tried"
                                + " to allocate 4000000000000 bytes.")))
                .isPresent();
    }

    @Test
    void mistakesOfOursAreShown() {
        assertThat(Failure.words(new IllegalStateException("no"))).isEmpty();
        assertThat(Failure.words(new IllegalStateException(new ClapException("known"))))
                .isEmpty();
        assertThat(Failure.words(new ClapException("known"))).hasValue("known");
        assertThat(Failure.words(new ExceptionInInitializerError(new ClapException("known"))))
                .hasValue("known");
    }

    /** An end in one line, whichever thread it is that has no room. */
    @ParameterizedTest
    @CsvSource({
        "-Xmx14m, The memory is full: Java's heap has 14 MiB",
        "-XX:MaxDirectMemorySize=1m, The memory is full: no room beside Java's heap",
        "-Xss144k, nested too deeply"
    })
    void aProcessWithoutRoomEndsInOneLine(String option, String line) throws IOException {
        Path image = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(2000, 2000, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        ChildProcess clap = ChildProcess.java(
                        Clap.class, "classify", "--classes", "dog,cat", image.toString(), image.toString())
                .withOptions(option);
        clap.environment().put("CLAP4J_CACHE", folder.resolve("cache").toString());
        ChildProcess.Result result = clap.run();
        assertThat(result.err()).last().asString().contains(line);
        assertThat(result.err()).noneMatch(said -> said.contains("Exception") || said.startsWith("\tat "));
        assertThat(result.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aFileThatIsCutShortIsNoMistakeOfOurs() {
        InternalError fault = new InternalError("a fault occurred in a recent unsafe memory access operation");
        assertThat(Failure.words(fault))
                .hasValueSatisfying(line -> assertThat(line).contains("got shorter"));
    }

    @Test
    void futuresPassThemOn() {
        CompletableFuture<Void> failed = CompletableFuture.runAsync(() -> {
            throw new StackOverflowError();
        });
        Throwable seen = failed.handle((nothing, failure) -> failure).join();
        assertThat(Failure.words(seen))
                .hasValueSatisfying(line -> assertThat(line).contains("nested too deeply"));
    }

    private static CommandSpec command(String name) {
        return COMMANDS.get(name).getCommandSpec();
    }

    /** The advice on a model that is not downloaded includes its name, so {@link NamedModel} gives it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_DOWNLOADED")
    void everyProblemHasAWayOutOfSomeCommand(Problem problem) {
        ClapException error = new ClapException(problem, "x");
        CommandLine prompts = COMMANDS.get("prompts").getSubcommands().get("llm");
        assertThat(COMMANDS.values().stream().map(CommandLine::getCommandSpec)).anySatisfy(command -> assertThat(
                        Failure.advice(error, command).or(() -> Failure.advice(error, prompts.getCommandSpec())))
                .isPresent());
    }

    @Test
    void onlyOptionsThatTheCommandHasAreNamed() {
        ClapException error = new ClapException(Problem.RUN_EXISTS, "x");
        assertThat(Failure.advice(error, command("train")))
                .contains("continue it with --resume, or replace it with --overwrite");
        assertThat(Failure.advice(error, command("classify"))).isEmpty();
    }

    @Test
    void theProblemMayLieDeeper() {
        ClapException below = new ClapException(Problem.RUN_IS_DAMAGED, "x");
        assertThat(Failure.advice(new IllegalStateException(below), command("train")))
                .contains("--overwrite starts anew");
        assertThat(Failure.advice(new ClapException("x"), command("train"))).isEmpty();
    }
}
