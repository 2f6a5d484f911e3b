package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.file.Path;

/** Turns whatever the decoders throw at a malformed file into one kind of error. */
final class Damage {
    private Damage() {}

    /** A part of reading a file. */
    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /**
     * Reads a part of a file.
     *
     * @param part names the part, for the message
     * @throws ClapException if that fails
     */
    static <T> T in(Path file, String part, Reading<T> reading) {
        try {
            return reading.read();
        } catch (ClapException e) {
            throw e;
        } catch (IOException e) {
            throw damaged(file, part, IoReasons.of(e), e);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw damaged(file, part, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw new ClapException(
                    "Cannot read " + file + ": there is not enough memory for the " + part + ", or it is damaged", e);
        }
    }

    private static ClapException damaged(Path file, String part, String reason, Throwable e) {
        return new ClapException(
                "Cannot read " + file + ": the " + part + " is damaged (" + Names.brief(reason) + ")", e);
    }
}
