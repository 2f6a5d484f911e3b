package dev.clap4j.fuzz;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.fuzz.mutation.Input;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} as seen by the process that sends it orders; restarted whenever it ends. */
final class WorkerProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long START_MILLIS = 120_000;
    private static final int SAID = 8_000;

    private final List<String> command;
    private final Path folder;
    private final Path inputs;
    private final Limits limits;
    private final Ledger ledger;
    private Process process; // null before the first order
    private BlockingQueue<Optional<String>> lines; // the output of the process, followed by an empty element
    private boolean silent; // whether a reply timed out

    /**
     * Creates a worker, which is started with its first order.
     *
     * @param list the class of the targets
     * @param folder for its files; created if necessary
     * @param heap the maximum heap size, as for {@code -Xmx}
     */
    WorkerProcess(Class<? extends TargetList> list, Path folder, Limits limits, String heap) {
        this.folder = folder.toAbsolutePath();
        this.inputs = Folders.quick("clap4j-fuzz");
        this.limits = limits;
        try {
            Files.createDirectories(this.folder);
            this.ledger = Ledger.open(this.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=" + heap,
                "-XX:+UseSerialGC",
                "-XX:-OmitStackTraceInFastThrow",
                "-XX:ErrorFile=" + this.folder.resolve("hs_err.txt"),
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + this.folder,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                list.getName(),
                this.folder.toString(),
                inputs.toString(),
                Long.toString(limits.time().toMillis()),
                Long.toString(limits.bytes()));
    }

    /** Runs a range of executions; if the worker ends, so does the range, and the next one restarts it. */
    Row run(Order order) {
        long began = System.nanoTime();
        ensureStarted();
        long values = ledger.values();
        long refusals = ledger.refusals();
        send(order);
        List<Found> found = new ArrayList<>();
        Reply last = null;
        while (last == null || !last.done()) {
            Optional<Reply> reply = reply(order.millis());
            if (reply.isEmpty()) {
                if (last == null || !isLastWord(last)) {
                    found.add(new Found(ledger.execution(), death()));
                }
                endProcess();
                break;
            }
            last = reply.get();
            if (!last.done()) {
                found.add(new Found(last.execution(), last.outcome()));
            }
        }
        boolean done = last != null && last.done();
        return new Row(
                done ? last.execution() : ledger.execution() + 1,
                ledger.values() - values,
                ledger.refusals() - refusals,
                found,
                !done,
                last == null ? 0 : last.residentBytes(),
                System.nanoTime() - began);
    }

    /** Runs one input. */
    Outcome attempt(String target, Input input) {
        ensureStarted();
        Path inputFolder = inputs.resolve("single");
        Folders.delete(inputFolder);
        try {
            Files.createDirectories(inputFolder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        input.writeTo(inputFolder);
        send(Order.single(target, inputFolder.toString()));
        Optional<Reply> reply = reply(0);
        if (reply.isPresent() && reply.get().done()) {
            return reply.get().outcome();
        }
        Outcome outcome = reply.isPresent() ? reply.get().outcome() : death();
        endProcess();
        return outcome;
    }

    /** Returns whether this is the watchdog's report, after which the worker ends itself. */
    private boolean isLastWord(Reply last) {
        return last.execution() == ledger.execution() && exitCode() == Worker.HALTED;
    }

    private Outcome death() {
        return silent ? Outcome.hang() : Outcome.abort(exitCode(), said());
    }

    private int exitCode() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private String said() {
        try {
            StringBuilder said = new StringBuilder(Files.readString(standardError(), StandardCharsets.ISO_8859_1));
            Path crash = folder.resolve("hs_err.txt");
            if (Files.exists(crash)) {
                said.append(Files.readString(crash, StandardCharsets.ISO_8859_1));
                Files.delete(crash);
            }
            return said.substring(0, Math.min(SAID, said.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path standardError() {
        return folder.resolve("stderr.txt");
    }

    private void ensureStarted() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectError(standardError().toFile());
            builder.environment().put("CLAP4J_CACHE", folder.resolve("cache").toString());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        BlockingQueue<Optional<String>> itsLines = new LinkedBlockingQueue<>();
        lines = itsLines;
        Thread reader = new Thread(() -> read(started, itsLines), "replies");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read(Process from, BlockingQueue<Optional<String>> lines) {
        try (BufferedReader reader = from.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().filter(line -> line.startsWith(Worker.MARK)).forEach(line -> lines.add(Optional.of(line)));
        } catch (IOException | UncheckedIOException e) {
            // A line cut off by the end of the process counts as that end.
        }
        lines.add(Optional.empty());
    }

    private void send(Order order) {
        try {
            process.getOutputStream().write((JSON.writeValueAsString(order) + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            // The process has ended, which the missing reply will show.
        }
    }

    /**
     * Waits for the next reply; empty if the worker ended, or was silent for so long that even its watchdog must hang.
     */
    private Optional<Reply> reply(long millis) {
        try {
            Optional<String> line =
                    lines.poll(millis + 4 * limits.time().toMillis() + START_MILLIS, TimeUnit.MILLISECONDS);
            silent = line == null;
            return silent || line.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JSON.readValue(line.get().substring(Worker.MARK.length()), Reply.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void endProcess() {
        process.destroyForcibly();
        exitCode();
        process = null;
        clearInputs();
    }

    /** Deletes inputs left behind by the process. */
    private void clearInputs() {
        Folders.delete(inputs);
        try {
            Files.createDirectories(inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the valid inputs that the worker mutates. */
    Corpus corpus() {
        return new Corpus(folder.resolve("corpus"));
    }

    /** Has the next order executed by a new process. */
    void restart() {
        if (process != null) {
            endProcess();
        }
    }

    @Override
    public void close() {
        restart();
        Folders.delete(folder);
        Folders.delete(inputs);
    }
}
