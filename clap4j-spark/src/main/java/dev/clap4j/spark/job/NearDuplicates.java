package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import dev.clap4j.ClapException;
import dev.clap4j.internal.spark.FloatColumn;
import dev.clap4j.internal.spark.HadoopFiles;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import scala.collection.Seq;

/**
 * Finds pairs of pictures whose features have a cosine above a threshold.
 *
 * <p>Features that share a bucket of {@link Hyperplanes} are compared, each pair once, and exactly: all pairs in the output
 * are above the threshold. Some are missed: of the pairs just at the threshold, about the recall is found, and more of closer
 * ones. Rows are moved once for each table; pairs are not. A recall of 1 compares all pairs, block by block.
 */
@Command(
        name = "NearDuplicates",
        description = "Find pairs of pictures whose features have a cosine above a threshold.",
        mixinStandardHelpOptions = true)
public final class NearDuplicates implements Runnable {
    private static final DataType INTS = DataTypes.createArrayType(DataTypes.IntegerType, false);

    /** The rows of a block of exact comparison: some 16 MB of features. */
    private static final int ROWS_A_BLOCK = 8192;

    @Option(
            names = "--in",
            required = true,
            paramLabel = "PATH",
            description =
                    "Parquet with the columns path, string, and features, array of floats, as EmbedImages writes.")
    private String in;

    @Option(
            names = "--cosine",
            paramLabel = "C",
            defaultValue = "0.95",
            description = "The smallest cosine of a pair (default: 0.95).")
    private Double cosine;

    @Option(
            names = "--recall",
            paramLabel = "R",
            defaultValue = "0.95",
            description = "The expected part found of pairs at that cosine (default: 0.95); 1 compares all pictures.")
    private Double recall;

    @Option(
            names = "--across",
            paramLabel = "COLUMN",
            description = "Only pairs that differ in this column, for instance domain.")
    private String across;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "0", description = "The seed of buckets (default: 0).")
    private Long seed;

    @Mixin
    private JobOutput output;

    @Spec
    private CommandSpec spec;

    /** Creates the job, with options still to be read. */
    NearDuplicates() {}

    /** Runs the job. */
    public static void main(String... arguments) {
        JobMain.run(new NearDuplicates(), arguments);
    }

    @Override
    public void run() {
        JobMain.checking(spec, () -> {
            check(cosine, recall);
            return null;
        });
        SparkSession spark = JobMain.session(this);
        output.check(List.of(in));
        HadoopFiles.hasFolders(in);
        output.write(pairs(spark.read().parquet(in), cosine, recall, Optional.ofNullable(across), seed));
    }

    /**
     * Finds pairs.
     *
     * @param features with {@code path}, unique, and {@code features}; rows whose features are null are left out
     * @param cosine the smallest cosine of a pair
     * @param recall the expected part found of pairs at that cosine; 1 compares all
     * @param across a column in which the rows of a pair differ, if any
     * @param seed the seed of the buckets
     * @return the columns {@code left} and {@code right}, two paths in order, and {@code cosine}
     * @throws ClapException if a number is out of its range or a column is missing
     */
    public static Dataset<Row> pairs(
            Dataset<Row> features, double cosine, double recall, Optional<String> across, long seed) {
        check(cosine, recall);
        check(features, across);
        Dataset<Row> normalised = features.filter(col("features").isNotNull())
                .select(
                        col("path"),
                        across.map(name -> col(name).cast(DataTypes.StringType))
                                .orElse(col("path"))
                                .as("group"),
                        unit().as("unit"));
        long rows = normalised.count();
        Hyperplanes planes = recall == 1 || rows < 2
                ? Hyperplanes.none(seed)
                : Hyperplanes.plan(rows, cosine, recall, mean(normalised), seed);
        return planes.bits() == 0 ? exact(normalised, rows, cosine) : approximate(normalised, planes, cosine);
    }

    private static void check(double cosine, double recall) {
        if (!(cosine > -1 && cosine <= 1) || !(recall > 0 && recall <= 1)) {
            throw new ClapException("A cosine is above -1 and at most 1, and a recall above 0 and at most 1, not "
                    + cosine + " and " + recall);
        }
    }

    private static void check(Dataset<Row> features, Optional<String> across) {
        List<String> columns = Arrays.asList(features.columns());
        for (String name : List.of("path", "features", across.orElse("path"))) {
            if (!columns.contains(name)) {
                throw new ClapException(
                        "The input should have a column \"" + name + "\"; it has " + String.join(", ", columns));
            }
        }
    }

    private static Column unit() {
        return udf(FloatColumn.UNIT, FloatColumn.TYPE).apply(col("features"));
    }

    private static double[] mean(Dataset<Row> normalised) {
        Row row = normalised
                .select(Summarizer.mean(functions.array_to_vector(col("unit"))))
                .first();
        return ((Vector) row.get(0)).toArray();
    }

    /** Compares the rows of each bucket; a pair only in the first table where it shares one. */
    private static Dataset<Row> approximate(Dataset<Row> normalised, Hyperplanes planes, double cosine) {
        float[][] normals = planes.normals();
        UDF1<Seq<Float>, int[]> hash = values -> planes.buckets(FloatColumn.floats(values), normals);
        Dataset<Row> rows = normalised
                .withColumn("buckets", udf(hash, INTS).apply(col("unit")))
                .select(
                        col("path"),
                        col("group"),
                        packed(),
                        col("buckets"),
                        posexplode(col("buckets")).as(new String[] {"table", "bucket"}));
        UDF3<Seq<Integer>, Seq<Integer>, Integer, Boolean> first = (left, right, table) -> {
            int i = 0;
            while (!left.apply(i).equals(right.apply(i))) {
                i++;
            }
            return i == table;
        };
        return compared(
                rows,
                col("l.table").equalTo(col("r.table")).and(col("l.bucket").equalTo(col("r.bucket"))),
                udf(first, DataTypes.BooleanType).apply(col("l.buckets"), col("r.buckets"), col("l.table")),
                cosine);
    }

    /** Compares all rows, block by block: each row is copied once for each block. */
    private static Dataset<Row> exact(Dataset<Row> normalised, long count, double cosine) {
        int cores = normalised.sparkSession().sparkContext().defaultParallelism();
        long blocks = Math.max((long) Math.ceil(Math.sqrt(2.0 * cores)), count / ROWS_A_BLOCK + 1);
        Dataset<Row> rows = normalised
                .select(
                        col("path"),
                        col("group"),
                        packed(),
                        pmod(xxhash64(col("path")), lit(blocks)).as("block"))
                .withColumn("other", explode(sequence(lit(0L), lit(blocks - 1))))
                .withColumn("low", least(col("block"), col("other")))
                .withColumn("high", greatest(col("block"), col("other")));
        return compared(
                rows,
                col("l.low").equalTo(col("r.low")).and(col("l.high").equalTo(col("r.high"))),
                col("l.block").notEqual(col("r.block")).or(col("l.low").equalTo(col("l.high"))),
                cosine);
    }

    /** Returns the pairs of rows that meet, and are above the threshold. */
    private static Dataset<Row> compared(Dataset<Row> rows, Column meeting, Column once, double cosine) {
        UDF2<byte[], byte[], Double> dot = NearDuplicates::dot;
        return rows.as("l")
                .join(
                        rows.as("r"),
                        meeting.and(col("l.path").lt(col("r.path")))
                                .and(col("l.group").notEqual(col("r.group"))))
                .filter(once)
                .select(
                        col("l.path").as("left"),
                        col("r.path").as("right"),
                        udf(dot, DataTypes.DoubleType)
                                .apply(col("l.packed"), col("r.packed"))
                                .as("cosine"))
                .filter(col("cosine").geq(cosine));
    }

    /** Returns normalised features as bytes, which are compared without conversion. */
    private static Column packed() {
        UDF1<Seq<Float>, byte[]> pack = values -> {
            ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES);
            bytes.asFloatBuffer().put(FloatColumn.floats(values));
            return bytes.array();
        };
        return udf(pack, DataTypes.BinaryType).apply(col("unit")).as("packed");
    }

    private static double dot(byte[] left, byte[] right) {
        FloatBuffer one = ByteBuffer.wrap(left).asFloatBuffer();
        FloatBuffer other = ByteBuffer.wrap(right).asFloatBuffer();
        double sum = 0;
        for (int i = 0; i < one.limit(); i++) {
            sum += (double) one.get(i) * other.get(i);
        }
        return sum;
    }
}
