package dev.clap4j.internal.spark;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** The functions from a partition's rows to those of the output, lazily. */
public final class Partitions {
    private Partitions() {}

    /**
     * Returns the rows of pictures or texts with their results.
     *
     * @param result the columns
     * @param task broadcast to all executors
     * @param pictures whether the input are pictures rather than texts
     */
    public static Dataset<Row> of(Dataset<?> input, StructType result, Task task, boolean pictures) {
        Broadcast<Task> broadcast = new JavaSparkContext(input.sparkSession().sparkContext()).broadcast(task);
        MapPartitionsFunction<Row, Row> function = pictures
                ? rows -> pictures(rows, broadcast.value())
                : rows -> new TextRows(
                        rows, broadcast.value(), lease(broadcast.value().recipe()));
        return described(input.toDF().mapPartitions(function, org.apache.spark.sql.Encoders.row(result)), result);
    }

    /** Returns rows with the metadata of their columns, which functions on partitions drop. */
    private static Dataset<Row> described(Dataset<Row> rows, StructType result) {
        Dataset<Row> described = rows;
        for (StructField field : result.fields()) {
            if (!field.metadata().equals(Metadata.empty())) {
                Column column = described.col("`" + field.name().replace("`", "``") + "`");
                described = described.withColumn(field.name(), column.as(field.name(), field.metadata()));
            }
        }
        return described;
    }

    private static Iterator<Row> pictures(Iterator<Row> rows, Task task) {
        PictureRows pictures = new PictureRows(
                rows, task, lease(task.recipe()), TaskContext.get().cpus());
        atTheEnd(pictures::close);
        return pictures;
    }

    /** Returns the encoders of this executor, which stay open until the task ends. */
    public static Encoders lease(EncoderRecipe recipe) {
        ExecutorEncoders.Lease lease =
                ExecutorEncoders.lease(recipe, TaskContext.get().cpus());
        atTheEnd(lease::close);
        return lease.encoders();
    }

    /** Does something when the task ends, in whatever way; what was asked for last comes first. */
    public static void atTheEnd(Runnable work) {
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> work.run());
    }
}
