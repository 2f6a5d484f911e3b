package dev.clap4j.internal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.function.Executable;

/** A folder in which another folder comes and goes, with a picture in it. */
public final class PassingFiles {
    private PassingFiles() {}

    /** Runs a body 2,000 times beside a thread that makes and deletes them. */
    public static void beside(Path folder, Executable body) throws Throwable {
        AtomicBoolean done = new AtomicBoolean();
        Thread other = new Thread(() -> comeAndGo(folder, done));
        other.start();
        try {
            for (int i = 0; i < 2000; i++) {
                body.execute();
            }
        } finally {
            done.set(true);
            other.join();
        }
    }

    private static void comeAndGo(Path folder, AtomicBoolean done) {
        try {
            while (!done.get()) {
                Path inner = Files.createDirectory(folder.resolve("inner"));
                Path file = Files.createFile(inner.resolve("goes.png"));
                Files.delete(file);
                Files.delete(inner);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
