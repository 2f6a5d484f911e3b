package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.spark.HadoopFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** {@code --column}: pictures are files, or bytes in a column of tables. */
final class PictureInput {
    /** The column of paths. */
    static final String PATH = "path";

    private static final String CONTENT = "content";

    /** Files called as pictures are, whatever the case of their extension. */
    private static final String PICTURES = ImageFormat.extensions().stream()
            .map(extension -> extension
                    .chars()
                    .mapToObj(c -> "[" + (char) c + Character.toUpperCase((char) c) + "]")
                    .collect(Collectors.joining()))
            .collect(Collectors.joining(",", "*.{", "}"));

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "Read Parquet tables, with pictures as bytes in this column, instead of picture files.")
    private String column;

    /** Returns whether pictures come from tables. */
    boolean isTable() {
        return column != null;
    }

    /** Returns the name of the column of bytes. */
    String column() {
        return isTable() ? column : CONTENT;
    }

    /**
     * Returns a row for each picture: with path and content, or with all columns of the tables. Contents are read when they
     * are asked for.
     *
     * @param places paths, addresses or patterns of Hadoop; folders are searched at any depth for picture files
     * @throws ClapException if there are none, or the column is missing
     */
    Dataset<Row> read(SparkSession spark, List<String> places) {
        List<Boolean> folders = places.stream().map(HadoopFiles::hasFolders).toList();
        String[] all = places.toArray(String[]::new);
        if (isTable()) {
            return withColumn(spark.read().parquet(all));
        }
        var reader = spark.read().format("binaryFile").option("recursiveFileLookup", true);
        Dataset<Row> files = (folders.contains(true) ? reader.option("pathGlobFilter", PICTURES) : reader).load(all);
        if (files.inputFiles().length == 0) {
            throw new ClapException("There are no images in " + String.join(", ", places) + "; files called "
                    + ImageFormat.ENDINGS.toLowerCase(Locale.ROOT) + " are looked for, in its subfolders too");
        }
        return files.select(col(PATH), col(CONTENT));
    }

    private Dataset<Row> withColumn(Dataset<Row> table) {
        if (!Arrays.asList(table.columns()).contains(column)) {
            throw new ClapException(
                    "There is no column " + column + " in the tables; they have " + JobMain.columns(table.columns()));
        }
        return table;
    }
}
