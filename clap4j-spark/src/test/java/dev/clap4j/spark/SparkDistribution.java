package dev.clap4j.spark;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** Spark as one downloads it: a folder with {@code jars}, and {@code spark-submit} on the path. */
public final class SparkDistribution {
    private static final Path BIN = Path.of("src/test/spark/bin").toAbsolutePath();

    private SparkDistribution() {}

    /** Returns its command, which {@link ProcessBuilder} does not look up in the path of the new process. */
    public static Path submit() {
        return BIN.resolve("spark-submit");
    }

    /** Puts it into the environment of a process. */
    public static void enter(Map<String, String> environment) {
        environment.put("PATH", BIN + File.pathSeparator + environment.get("PATH"));
        environment.put("SPARK_HOME", System.getProperty("clap4j.spark.home"));
        environment.put("SPARK_SCALA_VERSION", "2.13");
        environment.put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }
}
