package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.clap4j.ClapException;
import dev.clap4j.internal.spark.HadoopFiles;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --out} and {@code --mode}: the folder that a job writes. */
final class JobOutput {
    private static final String ROWS = "rows";
    private static final String ERRORS = "errors";

    /** The treatment of a folder that exists. */
    enum Mode {
        OVERWRITE,
        APPEND
    }

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the result, wherever Spark can write.")
    private String folder;

    @Option(
            names = "--mode",
            paramLabel = "overwrite|append",
            description = "Replace the folder if it exists, or add to it (default: refuse).")
    private Mode mode;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec job;

    String folder() {
        return folder;
    }

    boolean isAppended() {
        return mode == Mode.APPEND;
    }

    boolean isReplaced() {
        return mode == Mode.OVERWRITE;
    }

    /**
     * Refuses a folder that exists without a mode, and one in which the input is.
     *
     * @throws ClapException then
     */
    void check(List<String> inputs) {
        if (mode == null && HadoopFiles.exists(folder)) {
            throw new ClapException("The folder " + folder
                    + " exists already; replace it with --mode overwrite, or add to it with --mode append");
        }
        String address = HadoopFiles.address(folder);
        for (String input : inputs) {
            if (mode == Mode.OVERWRITE && (HadoopFiles.address(input) + "/").startsWith(address + "/")) {
                throw new ClapException("--mode overwrite would delete " + input + ", which is to be read");
            }
        }
    }

    /** Writes rows as Parquet. */
    void write(Dataset<Row> rows) {
        rows.write()
                .mode(
                        mode == null
                                ? SaveMode.ErrorIfExists
                                : mode == Mode.APPEND ? SaveMode.Append : SaveMode.Overwrite)
                .parquet(folder);
    }

    /** Writes pictures with their results as Parquet, and prints their number and that of errors. */
    void writePictures(Dataset<Row> pictures, String error) {
        Observation seen = new Observation();
        write(pictures.observe(seen, count(lit(1)).as(ROWS), count(col(error)).as(ERRORS)));
        Map<String, Object> counts = counts(seen);
        job.commandLine().getOut().println(counts.get(ROWS) + " pictures → " + folder + errors(counts.get(ERRORS)));
    }

    private static Map<String, Object> counts(Observation seen) {
        try {
            return seen.getAsJava();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClapException("Interrupted when all rows were written, before they were counted", e);
        }
    }

    /** Returns a clause on pictures without a result; empty if there are none. */
    static String errors(Object count) {
        return count.equals(0L) ? "" : "; " + count + " of them cannot be decoded, see their error";
    }
}
