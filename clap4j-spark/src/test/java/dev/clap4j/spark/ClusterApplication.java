package dev.clap4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An application on Spark as a distribution has it: a driver and two executors, each a process of its own. Its progress
 * is read from the driver's log, since files of its output come and go.
 */
public final class ClusterApplication implements AutoCloseable {
    private final Path log;
    private final Process driver;

    private ClusterApplication(Path log, Process driver) {
        this.log = log;
        this.driver = driver;
    }

    /** Submits an application in a folder, with the words that follow the master and the options of Java. */
    public static ClusterApplication submit(Path folder, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                SparkDistribution.submit().toString(),
                "--master",
                "local-cluster[2,1,2048]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1",
                "--driver-java-options",
                "-XX:TieredStopAtLevel=1"));
        Stream.of(words).map(Object::toString).forEach(command::add);
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(folder.toFile());
        SparkDistribution.enter(builder.environment());
        return new ClusterApplication(log, builder.start());
    }

    /** Kills an executor after some tasks. */
    public void killAnExecutorAfter(int tasks) throws InterruptedException {
        while (driver.isAlive() && lines("Finished task") < tasks) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        ProcessHandle executor = driver.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(log()));
        assertThat(executor.destroyForcibly()).isTrue();
    }

    /** Waits for the end, which must be a good one. */
    public void awaitEnd() throws InterruptedException {
        assertThat(driver.waitFor(2, TimeUnit.MINUTES)).as(log()).isTrue();
        assertThat(driver.exitValue()).as(log()).isZero();
    }

    /** Returns the number of lines of the log with some words. */
    public long lines(String words) {
        return log().lines().filter(line -> line.contains(words)).count();
    }

    private String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        driver.descendants().forEach(ProcessHandle::destroyForcibly);
        driver.destroyForcibly();
    }
}
