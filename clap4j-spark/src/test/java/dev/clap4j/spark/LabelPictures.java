package dev.clap4j.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A program for {@code spark-submit}: labels the pictures of a folder, partition by partition and slowly. */
public final class LabelPictures {
    private static final int PARTITIONS = 8;

    private LabelPictures() {}

    /** Takes the folder, the folder to write to, a file for the number of lost executors, and the classes. */
    public static void main(String[] arguments) throws Exception {
        AtomicInteger lost = new AtomicInteger();
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.sparkContext().addSparkListener(new SparkListener() {
                @Override
                public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
                    lost.incrementAndGet();
                }
            });
            Dataset<Row> pictures = spark.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", true)
                    .option("pathGlobFilter", "*.png")
                    .load(arguments[0])
                    .repartition(PARTITIONS);
            List<String> classes = List.of(arguments).subList(3, arguments.length);
            Dataset<Row> labelled =
                    ClapImages.mini().withClasses(classes).features(true).transform(pictures);
            MapPartitionsFunction<Row, Row> slowly = rows -> {
                TimeUnit.MILLISECONDS.sleep(700);
                return rows;
            };
            labelled.mapPartitions(slowly, Encoders.row(labelled.schema()))
                    .write()
                    .parquet(arguments[1]);
            Files.writeString(Path.of(arguments[2]), String.valueOf(lost.get()));
        }
    }
}
