package dev.clap4j.fuzz;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A worker's current execution and its counts, in a memory-mapped file that survives the worker. */
final class Ledger {
    private static final int EXECUTION = 0;
    private static final int VALUES = 8;
    private static final int REFUSALS = 16;
    private static final int BYTES = 24;

    private final MappedByteBuffer file;

    private Ledger(MappedByteBuffer file) {
        this.file = file;
    }

    static Ledger open(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(
                folder.resolve("ledger"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            return new Ledger(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    void begin(long execution) {
        file.putLong(EXECUTION, execution);
    }

    void end(Outcome.Kind kind) {
        int place = kind == Outcome.Kind.VALUE ? VALUES : REFUSALS;
        if (!kind.isFinding()) {
            file.putLong(place, file.getLong(place) + 1);
        }
    }

    /** Returns the execution that was started last. */
    long execution() {
        return file.getLong(EXECUTION);
    }

    /** Returns the number of inputs that were read. */
    long values() {
        return file.getLong(VALUES);
    }

    /** Returns the number of inputs that were rejected with a message. */
    long refusals() {
        return file.getLong(REFUSALS);
    }
}
