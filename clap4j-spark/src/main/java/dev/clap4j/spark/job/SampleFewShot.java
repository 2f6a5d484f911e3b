package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;

import dev.clap4j.ClapException;
import dev.clap4j.internal.run.Streams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Draws K pictures of each class in each domain, from the seed alone. On pictures in {@code domain/class/file}, this is the
 * support set of the few-shot measurement of {@code clap fewshot} with the same seed, and more shots include those of fewer.
 *
 * <p>Only paths are shuffled, by domain and class; the draw itself needs the sizes of the classes alone, and is made by the
 * driver.
 */
@Command(
        name = "SampleFewShot",
        description = "Draw K pictures of each class in each domain, the same ones as clap fewshot.",
        mixinStandardHelpOptions = true)
public final class SampleFewShot implements Runnable {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain; with --column, a"
                            + " table with the columns path and class, and domain if there are several.")
    private String data;

    @Mixin
    private PictureInput input;

    @Option(names = "--shots", required = true, paramLabel = "K", description = "Pictures of a class in a domain.")
    private Integer shots;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "The seed of the draw (default: 0).")
    private Long seed;

    @Mixin
    private JobOutput output;

    @Spec
    private CommandSpec spec;

    /** Creates the job, with options still to be read. */
    SampleFewShot() {}

    /** Runs the job. */
    public static void main(String... arguments) {
        JobMain.run(new SampleFewShot(), arguments);
    }

    @Override
    public void run() {
        JobMain.wrongWhen(spec, shots < 1, "There should be 1 shot or more, not " + shots);
        SparkSession spark = JobMain.session(this);
        output.check(List.of(data));
        Dataset<Row> pictures = LabelledPictures.read(spark, input, data).rows();
        Dataset<Row> drawn = sample(input.isTable() ? pictures : pictures.drop(input.column()), shots, seed);
        output.write(drawn);
    }

    /**
     * Draws pictures.
     *
     * @param pictures with {@code path}, {@code domain} and {@code class}, and any other columns
     * @param shots pictures of a class in a domain, at least 1; a smaller class gives all it has
     * @return a row for each drawn picture: its columns, and its place in the draw from 0 on, in a last column
     */
    public static Dataset<Row> sample(Dataset<Row> pictures, int shots, long seed) {
        if (shots < 1) {
            throw new ClapException("There should be 1 shot or more, not " + shots);
        }
        Map<List<String>, Map<Integer, Integer>> drawn = draw(pictures, shots, seed);
        UDF3<String, String, Integer, Integer> shot =
                (domain, name, row) -> drawn.get(List.of(domain, name)).get(row - 1);
        return pictures.withColumn(
                        "row",
                        row_number()
                                .over(Window.partitionBy(LabelledPictures.DOMAIN, LabelledPictures.CLASS)
                                        .orderBy(PictureInput.PATH)))
                .withColumn(
                        "shot",
                        udf(shot, DataTypes.IntegerType)
                                .apply(col(LabelledPictures.DOMAIN), col(LabelledPictures.CLASS), col("row")))
                .drop("row")
                .filter(col("shot").isNotNull());
    }

    /** Returns the places in the draw of the rows of each domain and class. */
    private static Map<List<String>, Map<Integer, Integer>> draw(Dataset<Row> pictures, int shots, long seed) {
        List<Row> sizes = pictures.groupBy(LabelledPictures.DOMAIN, LabelledPictures.CLASS)
                .count()
                .collectAsList();
        List<String> classes =
                sizes.stream().map(row -> row.getString(1)).distinct().sorted().toList();
        Streams streams = new Streams(seed);
        Map<List<String>, Map<Integer, Integer>> drawn = new HashMap<>();
        for (Row size : sizes) {
            int[] rows = Streams.sample(
                    Math.toIntExact(size.getLong(2)),
                    shots,
                    streams.get("few-shot support " + size.getString(0), classes.indexOf(size.getString(1))));
            Map<Integer, Integer> places = new HashMap<>();
            for (int i = 0; i < rows.length; i++) {
                places.put(rows[i], i);
            }
            drawn.put(List.of(size.getString(0), size.getString(1)), places);
        }
        return drawn;
    }
}
