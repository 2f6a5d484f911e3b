package dev.clap4j.cli;

import dev.clap4j.internal.io.Names;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Warnings of one kind on standard error: the first few in full, then how many more there were. */
final class Warnings implements Consumer<String>, AutoCloseable {
    private static final int SHOWN = 5;

    private final PrintWriter err;
    private int count;

    Warnings(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void accept(String warning) {
        if (++count <= SHOWN) {
            err.println("clap: " + Names.line(warning));
        }
    }

    @Override
    public void close() {
        if (count > SHOWN) {
            err.println("clap: … and " + (count - SHOWN) + " more such warnings");
        }
    }
}
