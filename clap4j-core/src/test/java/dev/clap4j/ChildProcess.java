package dev.clap4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another Java process with this one's class path, for what would end this one, or must be the first to happen in one. */
public final class ChildProcess {
    private static final int SECONDS = 300;

    private final List<String> command;
    private final ProcessBuilder process;

    private ChildProcess(List<String> command) {
        this.command = command;
        this.process = new ProcessBuilder(command);
    }

    /**
     * The outcome of a process.
     *
     * @param exitCode 128 and more for a signal
     * @param out the lines of its standard output
     * @param err the lines of its standard error
     */
    public record Result(int exitCode, List<String> out, List<String> err) {}

    /** A process that runs a class's {@code main}. */
    public static ChildProcess java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ChildProcess child = new ChildProcess(command);
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return child;
    }

    /** Options of the virtual machine. */
    public ChildProcess withOptions(String... options) {
        command.addAll(1, List.of(options));
        return this;
    }

    /** Words before the command, for instance those of a tracer. */
    public ChildProcess under(String... words) {
        command.addAll(0, List.of(words));
        return this;
    }

    /** The variables of the process, as a map to be changed. */
    public Map<String, String> environment() {
        return process.environment();
    }

    /** Starts it, in a folder of its own. */
    public Process start(Path folder) {
        try {
            return process.directory(folder.toFile())
                    .redirectOutput(folder.resolve("out").toFile())
                    .redirectError(folder.resolve("err").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    public Result run() {
        try {
            Path folder = Files.createTempDirectory("child");
            Process started = start(folder);
            if (!started.waitFor(SECONDS, TimeUnit.SECONDS)) {
                started.destroyForcibly();
                throw new AssertionError("The process does not end: " + command);
            }
            Result result = result(started, folder);
            for (String name : new String[] {"out", "err"}) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the outcome of a process that was started in a folder. */
    public static Result result(Process ended, Path folder) {
        try {
            return new Result(
                    ended.exitValue(),
                    Files.readAllLines(folder.resolve("out")),
                    Files.readAllLines(folder.resolve("err")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
