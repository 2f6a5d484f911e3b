package dev.clap4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Watches the attempts of one thread: a step that takes too long, or lets the process grow too much, is reported. */
final class Watchdog {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final long PERIOD_MILLIS = 20;

    private final Limits limits;
    private final Thread watched;
    private final Consumer<Outcome> alarm;
    private volatile long began; // 0 between attempts

    private Watchdog(Limits limits, Thread watched, Consumer<Outcome> alarm) {
        this.limits = limits;
        this.watched = watched;
        this.alarm = alarm;
    }

    /**
     * Watches the current thread.
     *
     * @param alarm gets what is wrong; as nothing else helps, it should end the process
     */
    static Watchdog start(Limits limits, Consumer<Outcome> alarm) {
        Watchdog watchdog = new Watchdog(limits, Thread.currentThread(), alarm);
        Thread thread = new Thread(watchdog::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
        return watchdog;
    }

    void begin() {
        began = System.nanoTime() | 1;
    }

    void end() {
        began = 0;
    }

    private void watch() {
        long attempt = 0;
        long residentAtBegin = 0;
        while (true) {
            long now = began;
            if (now != attempt) {
                attempt = now;
                residentAtBegin = resident();
            } else if (attempt != 0) {
                check(attempt, residentAtBegin);
            }
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void check(long attempt, long residentAtBegin) {
        long grown = resident() - residentAtBegin;
        boolean slow = System.nanoTime() - attempt > limits.time().toNanos();
        if (!slow && grown <= limits.bytes()) {
            return;
        }
        StackTraceElement[] stack = watched.getStackTrace();
        if (began == attempt) {
            alarm.accept(
                    slow
                            ? Outcome.hang(stack)
                            : Outcome.memory("the process grew by " + (grown >> 20) + " MiB", stack));
        }
    }

    /** Memory of the process, where the system tells; else 0. */
    static long resident() {
        try {
            return Files.isReadable(MEMORY)
                    ? Long.parseLong(Files.readString(MEMORY).split(" ", 3)[1]) * PAGE
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
