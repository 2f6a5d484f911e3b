package dev.clap4j.fuzz;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a worker is at and what it counted, in a mapped file that outlives it, however it ends. */
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

    /** The execution that was begun last. */
    long execution() {
        return file.getLong(EXECUTION);
    }

    /** Inputs that were read. */
    long values() {
        return file.getLong(VALUES);
    }

    /** Inputs that were refused in words. */
    long refusals() {
        return file.getLong(REFUSALS);
    }
}
