package dev.clap4j.internal.spark;

import dev.clap4j.ClapException;
import dev.clap4j.head.Head;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The content of a head's file, on the driver's machine or wherever Spark can read. */
public final class HeadContent {
    private static final int MOST_BYTES = 1 << 30;
    private static final String ENDING = ".safetensors";

    private HeadContent() {}

    /** Writes a head to a file that lives as long as this process. */
    public static Path temporaryFile(Head head) {
        try {
            Path file = Files.createTempFile("clap4j-head", ENDING);
            file.toFile().deleteOnExit();
            head.save(file);
            return file;
        } catch (IOException e) {
            throw throughTemporaryFolder(e);
        }
    }

    /** Returns the content of a head in this project's format. */
    public static byte[] of(Head head) {
        return inFile(file -> {
            head.save(file);
            return Files.readAllBytes(file);
        });
    }

    /**
     * Reads a head from the content of its file.
     *
     * @param name the file's name, for messages
     * @throws ClapException if it is not that of a head
     */
    public static Head parse(String name, byte[] content) {
        return inFile(file -> {
            Files.write(file, content);
            try {
                return Head.load(file);
            } catch (ClapException e) {
                throw new ClapException(e.getMessage().replace(file.toString(), name), e);
            }
        });
    }

    /**
     * Reads a file.
     *
     * @param name a path of this machine or, if there is none, of Hadoop
     * @throws ClapException if there is none, or it cannot be read
     */
    public static byte[] read(String name) {
        try (InputStream file = isHere(name) ? Files.newInputStream(Path.of(name)) : HadoopFiles.open(name)) {
            byte[] content = file.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new ClapException(name + " is no head: it has more than a gigabyte");
            }
            return content;
        } catch (IOException e) {
            throw new ClapException("The head " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isHere(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** A use of a temporary file. */
    @FunctionalInterface
    private interface Use<R> {
        R with(Path file) throws IOException;
    }

    private static <R> R inFile(Use<R> use) {
        try {
            Path file = Files.createTempFile("clap4j-head", ENDING);
            try {
                return use.with(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw throughTemporaryFolder(e);
        }
    }

    private static ClapException throughTemporaryFolder(IOException e) {
        return new ClapException("A head cannot pass through the folder for temporary files: " + e.getMessage(), e);
    }
}
