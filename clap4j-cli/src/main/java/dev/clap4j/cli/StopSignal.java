package dev.clap4j.cli;

import dev.clap4j.StoppedException;
import dev.clap4j.internal.io.Names;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Ctrl-C, or any other request to end the process. Work that listens is asked to come to rest, and the process waits until
 * its command is done; other work ends at once. Either way the person is told what is kept.
 */
final class StopSignal implements AutoCloseable {
    /** The offset of signal numbers in shell exit codes. */
    private static final int SIGNALLED = 128;

    /** Ctrl-C, a request to terminate, and the end of the terminal; those that are ignored (as by {@code nohup}) stay so. */
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private static final int SECONDS_TO_REST = 60;
    private static final CountDownLatch AT_REST = new CountDownLatch(1);
    private static final Deque<StopSignal> LISTENERS = new ConcurrentLinkedDeque<>();

    private static volatile int requested;
    private static volatile CommandSpec running;

    private final String meanwhile; // null if the command says what is kept

    private StopSignal(String meanwhile) {
        this.meanwhile = meanwhile;
    }

    private record Interrupted(String outcome, String kept, String resume) {}

    /** Has this process end as described from now on. */
    static void install(Terminal terminal) {
        try {
            handle(number -> end(terminal, SIGNALLED + number));
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(terminal, SIGNALLED), "clap-stop"));
        }
    }

    /**
     * Hears signals before Java begins to shut down: from then on native libraries are taken apart while other threads may be
     * at work in them. Java offers this in {@code sun.misc} alone, of which the compiler warns, so it is looked up by name.
     *
     * @param handler told the signal's number, each time on a thread of its own
     */
    private static void handle(IntConsumer handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> listener = Class.forName("sun.misc.SignalHandler");
        Method number = signal.getMethod("getNumber");
        Object proxy = Proxy.newProxyInstance(
                StopSignal.class.getClassLoader(), new Class<?>[] {listener}, (self, method, a) -> {
                    if (method.getName().equals("handle")) {
                        handler.accept((int) number.invoke(a[0]));
                    }
                    return null;
                });
        for (String name : SIGNALS) {
            try {
                signal.getMethod("handle", signal, listener)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            } catch (InvocationTargetException e) {
                // The system has no such signal, or Java keeps it for itself.
            }
        }
    }

    static void begun(CommandSpec command) {
        running = command;
    }

    /**
     * The command is done and all its words are said; the process may end at any time.
     *
     * @return the exit code of the process: that of the command, unless it was asked to end
     */
    static int done(int code) {
        running = null;
        AT_REST.countDown();
        return requested == 0 ? code : requested;
    }

    private static void end(Terminal terminal, int code) {
        CommandSpec command = running;
        boolean again = requested != 0;
        requested = code;
        StopSignal listener = LISTENERS.peekLast();
        if (command != null && listener != null && !again) {
            terminal.print("clap: stopping" + listener.meanwhile(command) + " … (once more ends at once)\n");
            if (isAtRest()) {
                return;
            }
        }
        if (command != null) {
            terminal.clear();
            terminal.print(Names.printable(words(command)) + "\n");
            Runtime.getRuntime().halt(code);
        }
        if (AT_REST.getCount() > 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    private static boolean isAtRest() {
        try {
            return AT_REST.await(SECONDS_TO_REST, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String words(CommandSpec command) {
        return interruptible(command)
                .map(known -> words(known.kept(), again(command, known)))
                .orElse("clap: stopped");
    }

    private static String words(String kept, String again) {
        return "clap: stopped; " + kept + ". To go on:\n  " + again;
    }

    private static Optional<Interruptible> interruptible(CommandSpec command) {
        return Stream.concat(Stream.of(command), command.mixins().values().stream())
                .map(CommandSpec::userObject)
                .filter(Interruptible.class::isInstance)
                .map(Interruptible.class::cast)
                .findFirst();
    }

    private static String again(CommandSpec command, Interruptible known) {
        return known.isBegun() ? CommandLineText.resumed(command) : CommandLineText.of(command);
    }

    private String meanwhile(CommandSpec command) {
        if (meanwhile != null) {
            return "; " + meanwhile;
        }
        return interruptible(command).isPresent() ? "; what is done is being kept" : "";
    }

    /** Listens for work that keeps what the command says, or nothing. */
    static StopSignal listen() {
        return listen(null);
    }

    /**
     * Listens for work that ends in a way of its own.
     *
     * @param meanwhile a clause on what is done after the request: {@code open requests are being answered}
     */
    static StopSignal listen(String meanwhile) {
        StopSignal listener = new StopSignal(meanwhile);
        LISTENERS.add(listener);
        return listener;
    }

    boolean requested() {
        return requested != 0;
    }

    /** Waits for a request to end, which is then the ordinary end of the command. */
    void await(long pollMilliseconds) {
        try {
            while (!requested()) {
                Thread.sleep(pollMilliseconds);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        requested = 0;
    }

    /** Says that work came to rest before its end, and returns the exit code. */
    static int stopped(CommandSpec command, StoppedException stopped) {
        Interruptible known = interruptible(command).orElse(() -> "nothing is kept");
        String kept = known.kept(stopped);
        String again = again(command, known);
        command.commandLine().getErr().println(words(kept, again));
        if (command.commandLine().getParseResult().hasMatchedOption("--json")) {
            command.commandLine().getOut().println(Output.text(new Interrupted("interrupted", kept, again)));
        }
        return Clap.FAILED;
    }

    @Override
    public void close() {
        LISTENERS.remove(this);
    }
}
