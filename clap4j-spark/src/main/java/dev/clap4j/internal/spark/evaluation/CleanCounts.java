package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.spark.ClassRows;
import dev.clap4j.internal.spark.Partitions;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Counts the correct predictions of a partition under prompts without noise. */
final class CleanCounts {
    private final List<Prompts> prompts;
    private final List<List<ZeroShotClassifier>> classifiers;
    private final Methods methods;

    private CleanCounts(ZeroShotPlan plan) {
        this.prompts = plan.prompts();
        this.classifiers = prompts.stream()
                .map(set -> set.classes().stream().map(ClassRows::classifier).toList())
                .toList();
        this.methods = Methods.open(plan.heads(), Partitions.lease(plan.recipe()));
        Partitions.atTheEnd(methods::close);
    }

    /** Returns the counts of a partition, whose rows are domain, label and features. */
    static Map<Key, Long> of(Iterator<Row> rows, ZeroShotPlan plan) {
        Map<Key, Long> correct = Block.noCounts();
        if (rows.hasNext()) {
            CleanCounts counts = new CleanCounts(plan);
            while (rows.hasNext()) {
                Block block = new Block();
                while (rows.hasNext() && block.size() < Block.MOST) {
                    block.add(rows.next());
                }
                counts.add(block, correct);
            }
        }
        return correct;
    }

    private void add(Block block, Map<Key, Long> correct) {
        List<FeatureMatrix> mapped = block.mapped(methods);
        for (int p = 0; p < prompts.size(); p++) {
            for (int m = 0; m < classifiers.get(p).size(); m++) {
                block.count(p, m, 0, classifiers.get(p).get(m).predict(mapped.get(m)), correct);
            }
        }
    }
}
