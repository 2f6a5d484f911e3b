package dev.clap4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Monitors the runs on one thread, and reports one that takes too long or lets the process grow too large. */
final class Watchdog {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;
    private static final long PERIOD_MILLIS = 20;

    private final Limits limits;
    private final Thread watched;
    private final Consumer<Outcome> alarm;
    private volatile long began; // 0 between runs

    private Watchdog(Limits limits, Thread watched, Consumer<Outcome> alarm) {
        this.limits = limits;
        this.watched = watched;
        this.alarm = alarm;
    }

    /**
     * Monitors the current thread.
     *
     * @param alarm receives the outcome; it should end the process, since nothing else can stop the run
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

    /** Returns the memory of the process; 0 on systems that do not report it. */
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
