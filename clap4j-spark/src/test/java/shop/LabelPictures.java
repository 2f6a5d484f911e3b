package shop;

import dev.clap4j.spark.ClapImages;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The program of the page on Spark: labels the pictures below a folder. */
public final class LabelPictures {
    private LabelPictures() {}

    /** Takes the folder, the folder to write to, and the model. */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            Dataset<Row> pictures = spark.read()
                    .format("binaryFile")
                    .option("recursiveFileLookup", true)
                    .option("pathGlobFilter", "*.{jpg,jpeg,png}")
                    .load(arguments[0]);
            Dataset<Row> labelled = ClapImages.of(arguments[2])
                    .withClasses(List.of("dog", "cat"), List.of("a photo of a {class}", "a sketch of a {class}"))
                    .features(true)
                    .transform(pictures);
            labelled.write().mode("overwrite").parquet(arguments[1]);
        }
    }
}
