package dev.clap4j.fuzz;

import com.sun.management.ThreadMXBean;
import dev.clap4j.ClapException;
import dev.clap4j.fuzz.mutation.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Runs inputs in this process, one at a time on one thread. */
final class InputRunner {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path scratch;
    private final Limits limits;
    private final Watchdog watchdog;
    private long number; // each input gets its own path, so that no result is cached for another

    /**
     * Creates a runner.
     *
     * @param scratch the parent of the inputs' folders
     * @param watchdog is told when a run begins and ends
     */
    InputRunner(Path scratch, Limits limits, Watchdog watchdog) {
        this.scratch = scratch;
        this.limits = limits;
        this.watchdog = watchdog;
    }

    /** Runs an input. */
    Outcome run(Target target, Input input) {
        return inFolder(input, folder -> attempt(target, folder));
    }

    /** Runs a valid input without limits, so that loading classes and libraries does not count for the next. */
    void warmUp(Target target, Input input) {
        inFolder(input, folder -> call(target, folder));
    }

    private Outcome inFolder(Input input, Function<Path, Outcome> attempt) {
        Path folder = scratch.resolve("input-" + number++);
        try {
            Files.createDirectories(folder);
            input.writeTo(folder);
            return attempt.apply(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Folders.delete(folder);
        }
    }

    private Outcome attempt(Target target, Path folder) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        watchdog.begin();
        Outcome outcome = call(target, folder);
        watchdog.end();
        long allocated = THREADS.getThreadAllocatedBytes(thread) - before;
        return allocated > limits.bytes() && !outcome.kind().isFinding()
                ? Outcome.memory("allocated " + (allocated >> 20) + " MiB on the heap, in all")
                : outcome;
    }

    private static Outcome call(Target target, Path folder) {
        try {
            target.attempt().run(folder);
            return Outcome.VALUE;
        } catch (ClapException e) {
            return Outcome.refused(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            return Outcome.exception(e);
        }
    }
}
