package dev.clap4j.internal.spark;

import dev.clap4j.Progress;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.source.ModelPath;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/** Finds a model on the machine that asks, be it the driver's or an executor's. */
final class ModelLocation {
    private ModelLocation() {}

    /**
     * Returns the folder or file of a model.
     *
     * @param name {@code mini-clip}, the name of a file, folder or unpacked archive that was given to Spark, a path, or
     *     the name of a published model
     * @throws dev.clap4j.ClapException if there is none of that name
     */
    static Path find(String name) {
        if (name.equals(MiniClip.NAME)) {
            return MiniClip.unpack(CacheFolder.ofUser());
        }
        if (SparkEnv.get() != null) {
            Path given = Path.of(SparkFiles.getRootDirectory()).resolve(name);
            if (Files.exists(given)) {
                return given;
            }
        }
        return ModelPath.find(name, Progress.NONE);
    }
}
