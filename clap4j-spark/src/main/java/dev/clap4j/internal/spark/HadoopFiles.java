package dev.clap4j.internal.spark;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Files wherever Spark can read and write, named by paths or addresses such as {@code s3a://…}. */
public final class HadoopFiles {
    private HadoopFiles() {}

    static InputStream open(String name) throws IOException {
        return system(name).open(new Path(name));
    }

    /** Writes a new file. */
    public static void write(String name, byte[] content) throws IOException {
        try (OutputStream file = system(name).create(new Path(name), false)) {
            file.write(content);
        }
    }

    /**
     * Writes a new file.
     *
     * @throws ClapException if it cannot be written
     */
    public static void writeNew(String name, byte[] content) {
        try {
            write(name, content);
        } catch (IOException e) {
            throw new ClapException(name + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Returns whether there is a file or folder. */
    public static boolean exists(String name) {
        try {
            return system(name).exists(new Path(name));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /** Deletes a file, or a folder with all that is in it. */
    public static void delete(String name) {
        try {
            system(name).delete(new Path(name), true);
        } catch (IOException e) {
            throw new ClapException(name + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    /** Returns the whole address of a file or folder, without a slash at the end. */
    public static String address(String name) {
        try {
            return system(name).makeQualified(new Path(name)).toString();
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /**
     * Returns whether a path or pattern names folders rather than files.
     *
     * @throws ClapException if it names nothing
     */
    public static boolean hasFolders(String pattern) {
        try {
            FileStatus[] found = system(pattern).globStatus(new Path(pattern));
            if (found == null || found.length == 0) {
                throw new ClapException("There is no file or folder " + pattern);
            }
            for (FileStatus each : found) {
                if (each.isDirectory()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw unreadable(pattern, e);
        }
    }

    private static ClapException unreadable(String name, IOException e) {
        return new ClapException(name + " cannot be read: " + e.getMessage(), e);
    }

    private static FileSystem system(String name) throws IOException {
        try {
            Configuration configuration = SparkSession.active().sessionState().newHadoopConf();
            URI address = new Path(name).toUri();
            return FileSystem.get(
                    address.getScheme() == null ? FileSystem.getDefaultUri(configuration) : address, configuration);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no path: " + e.getMessage(), e);
        }
    }
}
