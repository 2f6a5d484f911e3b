package dev.clap4j.fuzz.kill;

import dev.clap4j.cli.Clap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a separate process. */
final class ClapProcess implements AutoCloseable {
    /** The exit code of a process that was killed. */
    static final int KILLED = 128 + 9;

    private static final long MOST_MINUTES = 5;

    private final Process process;
    private final Path said;

    private ClapProcess(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts a command in a folder, with the subfolder {@code cache} as its cache. */
    static ClapProcess start(List<String> words, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                Clap.class.getName()));
        command.addAll(words);
        Path said = folder.resolveSibling(folder.getFileName() + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().put("CLAP4J_CACHE", "cache");
        try {
            return new ClapProcess(builder.start(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the process to end, up to a timeout in milliseconds. */
    boolean ended(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the process to stop, as Ctrl-C does. */
    void stop() {
        process.destroy();
    }

    /** Kills the process, if it is still running. */
    int kill() {
        process.destroyForcibly();
        return exitCode();
    }

    /** Waits for the process to end, and kills it if it does not. */
    int exitCode() {
        if (!ended(TimeUnit.MINUTES.toMillis(MOST_MINUTES))) {
            process.destroyForcibly();
        }
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the end of its standard error. */
    String said() {
        try {
            String text = Files.readString(said, StandardCharsets.UTF_8).strip();
            return text.substring(Math.max(0, text.length() - 2000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
