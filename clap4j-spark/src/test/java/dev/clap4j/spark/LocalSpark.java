package dev.clap4j.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Spark in this process, with two task slots. */
public final class LocalSpark {
    private LocalSpark() {}

    /** Returns the session of all tests. */
    public static SparkSession session() {
        return SparkSession.builder()
                .master("local[2]")
                .appName("clap4j")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.warehouse.dir", "target/warehouse")
                .getOrCreate();
    }

    /** Returns the drawn pictures as files: path, modificationTime, length, content. */
    public static Dataset<Row> pictures() {
        return session()
                .read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .option("pathGlobFilter", "*.png")
                .load(Pictures.folder().toString());
    }

    /** Returns pictures as rows of path and content, in one partition. */
    public static Dataset<Row> pictures(List<String> paths, List<byte[]> contents) {
        StructType schema = new StructType().add("path", DataTypes.StringType).add("content", DataTypes.BinaryType);
        List<Row> rows = IntStream.range(0, paths.size())
                .mapToObj(i -> RowFactory.create(paths.get(i), contents.get(i)))
                .toList();
        return session().createDataFrame(rows, schema).coalesce(1);
    }
}
