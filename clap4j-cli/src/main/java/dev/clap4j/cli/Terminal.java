package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.report.DisplayWidth;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Standard error: lines of text and, where a person watches, one moving line below them. Text never ends up inside the
 * moving line: that is taken away, the text is written, and it is drawn again. Safe for several threads.
 */
final class Terminal {
    private static final Terminal OF_PROCESS = new Terminal(
            new FileOutputStream(FileDescriptor.err),
            Boolean.getBoolean("clap4j.terminal"),
            Math.max(20, Integer.getInteger("clap4j.columns", 80)));

    /** Thrown when the reader has closed the pipe, as {@code head} does. */
    static final class ClosedPipe extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClosedPipe(IOException cause) {
            super(cause);
        }
    }

    private static final String ERASE = "\r\u001b[K";
    private static final long TICK_NANOS = 200_000_000;

    private final OutputStream stream;
    private final boolean watched;
    private final int columns;
    /** The moving lines, latest first; that one is drawn. */
    private final Deque<Supplier<String>> moving = new ArrayDeque<>();

    private boolean ticking;
    private boolean drawn;
    private boolean midLine;
    private long lastWords = System.nanoTime();

    /** A terminal of some width, on which moving lines are shown only if it is watched. */
    Terminal(OutputStream stream, boolean watched, int columns) {
        this.stream = stream;
        this.watched = watched;
        this.columns = columns;
    }

    static Terminal ofProcess() {
        return OF_PROCESS;
    }

    boolean isWatched() {
        return watched;
    }

    /** The widest moving line; the last column stays free, since some terminals wrap after it. */
    int width() {
        return columns - 1;
    }

    /** The time since the last output other than moving lines. */
    synchronized long quietNanos() {
        return System.nanoTime() - lastWords;
    }

    /** Draws a moving line, and again every fifth of a second, in place of earlier ones; an empty one is not drawn. */
    synchronized void move(Supplier<String> line) {
        if (!watched) {
            return;
        }
        moving.push(line);
        if (!ticking) {
            ticking = true;
            Runnable ticks = () -> {
                while (isTicking()) {
                    LockSupport.parkNanos(TICK_NANOS);
                }
            };
            Thread ticker = new Thread(ticks, "clap-terminal");
            ticker.setDaemon(true);
            ticker.start();
        }
    }

    private synchronized boolean isTicking() {
        ticking = redraw();
        return ticking;
    }

    private boolean redraw() {
        if (!moving.isEmpty() && !midLine) {
            String line = moving.peek().get();
            if (!line.isEmpty()) {
                put(ERASE + DisplayWidth.cut(Names.printable(line), width()));
                drawn = true;
            }
        }
        return !moving.isEmpty();
    }

    /** Ends a moving line; its last state stays to be read if it was ever shown. */
    synchronized void rest(Supplier<String> line) {
        if (moving.peek() == line && drawn) {
            redraw();
            put("\n");
            drawn = false;
            lastWords = System.nanoTime();
        }
        moving.remove(line);
        redraw();
    }

    /** Takes all moving lines away. */
    synchronized void clear() {
        erase();
        moving.clear();
    }

    synchronized void print(String text) {
        erase();
        lastWords = System.nanoTime();
        put(text);
        midLine = !text.endsWith("\n");
        redraw();
    }

    /**
     * Standard output as a writer, which may be shown on the same screen. It throws {@link ClosedPipe} when nobody reads any
     * more, and a {@link ClapException} when it cannot be written for another reason, such as a full disk.
     */
    Writer results(OutputStream output) {
        Writer encoded = new OutputStreamWriter(output, StandardCharsets.UTF_8);
        return writer(text -> {
            erase();
            lastWords = System.nanoTime();
            try {
                encoded.write(text);
                encoded.flush();
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                throw reason.toLowerCase(Locale.ROOT).contains("pipe")
                        ? new ClosedPipe(e)
                        : new ClapException("Cannot write to standard output: " + reason, e);
            }
        });
    }

    Writer errors() {
        return writer(this::print);
    }

    /** A writer that holds nothing back, and stays open. */
    private Writer writer(Consumer<String> screen) {
        return new Writer() {
            @Override
            public void write(char[] text, int start, int count) {
                synchronized (Terminal.this) {
                    screen.accept(new String(text, start, count));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private void erase() {
        if (drawn) {
            put(ERASE);
            drawn = false;
        }
    }

    private void put(String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            // Nobody reads standard error any more; the work is worth finishing all the same.
        }
    }
}
