package dev.clap4j.internal.spark.evaluation;

import static org.apache.spark.sql.functions.col;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.ZeroShot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The correct predictions by prompt set, method, domain and class.
 *
 * @param plan the prompt sets, methods and classes
 * @param domains the names of the domains
 * @param images the numbers of images by domain and class
 * @param correct the counts; those of 0 may be missing
 */
public record ZeroShotCounts(ZeroShotPlan plan, List<String> domains, long[][] images, Map<Key, Long> correct) {
    /** Columns: the path, the numbers of domain and class, and features, not normalised. */
    private static final String[] COLUMNS = {"path", "domain", "label", "features"};

    /** Batches of noise in a task, if there are enough for all cores. */
    private static final int BATCHES_A_TASK = 64;

    /**
     * Counts. Only under noise rows are moved, into the order of the data set: by domain, class and path.
     *
     * @param rows the columns path, domain and label, both as numbers, and features; read several times
     * @param images the numbers of these rows by domain and class
     */
    public static ZeroShotCounts of(Dataset<Row> rows, ZeroShotPlan plan, List<String> domains, long[][] images) {
        JavaSparkContext context = new JavaSparkContext(rows.sparkSession().sparkContext());
        Broadcast<ZeroShotPlan> broadcast = context.broadcast(plan);
        Map<Key, Long> correct = new HashMap<>();
        if (plan.prompts().stream().anyMatch(set -> !set.noisy())) {
            correct.putAll(sum(rows.select(COLUMNS[1], COLUMNS[2], COLUMNS[3])
                    .javaRDD()
                    .mapPartitionsToPair(part -> pairs(CleanCounts.of(part, broadcast.value())))));
        }
        if (plan.isNoisy()) {
            DomainStarts starts = DomainStarts.of(sizes(images), plan.noiseBatch());
            int tasks =
                    (int) Math.min(starts.all(), Math.max(context.defaultParallelism(), starts.all() / BATCHES_A_TASK));
            JavaPairRDD<Row, Long> numbered = rows.repartitionByRange(
                            tasks, col(COLUMNS[1]), col(COLUMNS[2]), col(COLUMNS[0]))
                    .sortWithinPartitions(COLUMNS[1], COLUMNS[2], COLUMNS[0])
                    .select(COLUMNS[1], COLUMNS[2], COLUMNS[3])
                    .javaRDD()
                    .zipWithIndex();
            for (int p = 0; p < plan.prompts().size(); p++) {
                int number = p;
                if (plan.prompts().get(p).noisy()) {
                    correct.putAll(sum(numbered.mapPartitionsToPair(
                            part -> pairs(NoisyCounts.of(part, broadcast.value(), number, starts)))));
                }
            }
        }
        return new ZeroShotCounts(plan, domains, images, correct);
    }

    private static long[] sizes(long[][] images) {
        return Stream.of(images).mapToLong(own -> LongStream.of(own).sum()).toArray();
    }

    private static Map<Key, Long> sum(JavaPairRDD<Key, Long> parts) {
        return parts.reduceByKey(Long::sum).collectAsMap();
    }

    private static Iterator<Tuple2<Key, Long>> pairs(Map<Key, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> new Tuple2<>(count.getKey(), count.getValue()))
                .iterator();
    }

    /** Returns the accuracy of each prompt set, method and domain, and what is derived from it. */
    public List<Score> scores(ZeroShot measurement) {
        List<Score> scores = new ArrayList<>();
        for (int p = 0; p < plan.prompts().size(); p++) {
            for (int m = 0; m < plan.methods().size(); m++) {
                for (int d = 0; d < domains.size(); d++) {
                    double sum = 0;
                    for (int c = 0; c < plan.classes().size(); c++) {
                        sum += correct(p, m, d, c);
                    }
                    scores.add(new Score(
                            ZeroShot.ACCURACY,
                            condition(p, m, d),
                            100 * sum / LongStream.of(images[d]).sum()));
                }
            }
        }
        measurement.derived().forEach(each -> scores.addAll(each.scores(List.copyOf(scores))));
        return scores;
    }

    /**
     * Returns the accuracy of each class: a row as of a score for each prompt set, method, domain and class, with the class,
     * the number of its images and that of the correct ones.
     */
    public List<Map<String, Object>> classes() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int p = 0; p < plan.prompts().size(); p++) {
            for (int m = 0; m < plan.methods().size(); m++) {
                for (int d = 0; d < domains.size(); d++) {
                    for (int c = 0; c < plan.classes().size(); c++) {
                        long count = correct(p, m, d, c);
                        Map<String, Object> row =
                                new Score(ZeroShot.ACCURACY, condition(p, m, d), 100.0 * count / images[d][c]).row();
                        row.put("class", plan.classes().get(c));
                        row.put("images", images[d][c]);
                        row.put("correct", count);
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private long correct(int prompts, int method, int domain, int label) {
        return correct.getOrDefault(new Key(prompts, method, domain, label), 0L);
    }

    private Condition condition(int prompts, int method, int domain) {
        return plan.methods()
                .get(method)
                .with(Condition.PROMPT, plan.prompts().get(prompts).name())
                .with(Condition.DOMAIN, domains.get(domain));
    }
}
