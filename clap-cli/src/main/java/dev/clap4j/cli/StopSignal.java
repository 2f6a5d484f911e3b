package dev.clap4j.cli;

import dev.clap4j.io.Names;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Ctrl-C, or any other request to end the process. Work that listens is asked to come to rest, and the process waits until
 * its command is done; other work ends at once, and the person is told what is kept.
 */
final class StopSignal implements AutoCloseable {
    private static final int SECONDS_TO_REST = 60;
    private static final CountDownLatch AT_REST = new CountDownLatch(1);
    private static final AtomicInteger LISTENERS = new AtomicInteger();

    private static volatile boolean requested;
    private static volatile CommandSpec running;

    private StopSignal() {}

    /** Has this process end as described from now on. */
    static void install(Terminal terminal) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(terminal), "clap-stop"));
    }

    /** A command begins. */
    static void begun(CommandSpec command) {
        running = command;
    }

    /** The command is done and all its words are said; the process may end at any time. */
    static void done() {
        running = null;
        AT_REST.countDown();
    }

    private static void end(Terminal terminal) {
        CommandSpec command = running;
        if (command == null) {
            return;
        }
        requested = true;
        if (LISTENERS.get() > 0) {
            terminal.print("clap: stopping; what is done is being kept …\n");
            if (isAtRest()) {
                return;
            }
        }
        terminal.clear();
        terminal.print(Names.printable("clap: stopped" + kept(command)) + "\n");
    }

    private static boolean isAtRest() {
        try {
            return AT_REST.await(SECONDS_TO_REST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String kept(CommandSpec command) {
        if (command.userObject() instanceof Interruptible known) {
            return "; " + known.kept() + (known.goesOn() ? goOn(CommandLineText.of(command)) : "");
        }
        return "";
    }

    private static String goOn(String command) {
        return ". To go on:\n  " + command;
    }

    /** Listens from now on. */
    static StopSignal listen() {
        LISTENERS.incrementAndGet();
        return new StopSignal();
    }

    /** Whether the process has been asked to end. */
    boolean requested() {
        return requested;
    }

    /**
     * Says that work came to rest before its end.
     *
     * @param kept what the person can count on, as a clause
     * @param json whose result says so too, if it is wanted
     * @return the exit code
     */
    static int stopped(CommandSpec command, String kept, JsonOption json) {
        String again = CommandLineText.resumed(command);
        command.commandLine().getErr().println("clap: stopped; " + kept + goOn(again));
        if (json.wanted()) {
            JsonOption.print(command.commandLine().getOut(), new Interrupted("interrupted", kept, again));
        }
        return Clap.FAILED;
    }

    /** The result of a command that was stopped. */
    private record Interrupted(String outcome, String kept, String resume) {}

    @Override
    public void close() {
        LISTENERS.decrementAndGet();
    }
}
