package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.clap4j.internal.spark.FloatColumn;
import dev.clap4j.spark.ClapImages;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes the features of pictures as Parquet: what {@code clap embed} does, on a cluster. Rows have {@code path}, or the other
 * columns of a table, then {@code features}, array of floats, and {@code error}.
 */
@Command(
        name = "EmbedImages",
        description = {
            "Write the features of images, as Parquet.",
            "With a head, the features are those after the head. Images that cannot be decoded are rows with an error."
        },
        mixinStandardHelpOptions = true)
public final class EmbedImages implements Runnable {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Option(
            names = "--images",
            paramLabel = "DIR|FILE",
            arity = "1..*",
            required = true,
            description = "Image files, or folders with images in them at any depth, wherever Spark can read.")
    private List<String> images = new ArrayList<>();

    @Mixin
    private PictureInput input;

    @Option(names = "--normalise", description = "Divide every feature by its length.")
    private boolean normalise;

    @Mixin
    private JobOutput output;

    /** Creates the job, with options still to be read. */
    EmbedImages() {}

    /** Runs the job. */
    public static void main(String... arguments) {
        JobMain.run(new EmbedImages(), arguments);
    }

    @Override
    public void run() {
        head.check();
        SparkSession spark = JobMain.session(this);
        output.check(images);
        ClapImages transformer = head.applyTo(model.images(input.column()));
        Dataset<Row> embedded = transformer.transform(input.read(spark, images));
        output.writePictures(
                normalise
                        ? embedded.withColumn(
                                "features",
                                udf(FloatColumn.UNIT, FloatColumn.TYPE).apply(col("features")))
                        : embedded,
                "error");
    }
}
