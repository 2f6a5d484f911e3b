package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.experiment.measurement.PromptNoise;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.spark.Encoders;
import dev.clap4j.internal.spark.Partitions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Counts the correct predictions of a partition under noisy prompts. Images come in the order of the whole data set, each
 * with its number there, from which its batch of noise follows; a batch that is part of two partitions is encoded in both.
 */
final class NoisyCounts {
    private final ZeroShotPlan plan;
    private final DomainStarts starts;
    private final Encoders encoders;
    private final Methods methods;
    private final int number;
    private final Prompts prompts;
    private final PromptNoise noise;
    private long nextDraw;

    /** The classifiers by batch and method; those of the last batch are kept, since more of its images may come. */
    private final TreeMap<Long, List<ZeroShotClassifier>> classifiers = new TreeMap<>();

    private NoisyCounts(ZeroShotPlan plan, int number, DomainStarts starts) {
        this.plan = plan;
        this.starts = starts;
        this.encoders = Partitions.lease(plan.recipe());
        this.methods = Methods.open(plan.heads(), encoders);
        Partitions.atTheEnd(methods::close);
        this.number = number;
        this.prompts = plan.prompts().get(number);
        this.noise = new PromptNoise(plan.seed(), encoders.contextWidth());
    }

    /**
     * Returns the counts of a partition.
     *
     * @param rows domain, label and features, with the number of the image
     * @param number the number of the prompt set
     */
    static Map<Key, Long> of(Iterator<Tuple2<Row, Long>> rows, ZeroShotPlan plan, int number, DomainStarts starts) {
        Map<Key, Long> correct = Block.noCounts();
        if (rows.hasNext()) {
            new NoisyCounts(plan, number, starts).add(rows, correct);
        }
        return correct;
    }

    private void add(Iterator<Tuple2<Row, Long>> rows, Map<Key, Long> correct) {
        int most = PromptNoise.batchesAtOnce(prompts.texts().size());
        Block block = new Block();
        List<Long> batches = new ArrayList<>();
        int distinct = 0;
        while (rows.hasNext()) {
            Tuple2<Row, Long> row = rows.next();
            long batch = starts.batch(row._1().getInt(0), row._2(), plan.noiseBatch());
            boolean isNew = batches.isEmpty() || batches.get(batches.size() - 1) != batch;
            if (block.size() == Block.MOST || (isNew && distinct == most)) {
                count(block, batches, correct);
                block = new Block();
                batches = new ArrayList<>();
                distinct = 0;
                isNew = true;
            }
            block.add(row._1());
            batches.add(batch);
            distinct += isNew ? 1 : 0;
        }
        count(block, batches, correct);
    }

    /** Counts in a block, whose images have these batches, in ascending order. */
    private void count(Block block, List<Long> batches, Map<Key, Long> correct) {
        SortedSet<Long> needed = new TreeSet<>(batches);
        prepare(needed);
        List<FeatureMatrix> mapped = block.mapped(methods);
        for (long batch : needed) {
            int from = batches.indexOf(batch);
            int[] rows = IntStream.rangeClosed(from, batches.lastIndexOf(batch)).toArray();
            for (int m = 0; m < mapped.size(); m++) {
                int[] predicted =
                        classifiers.get(batch).get(m).predict(mapped.get(m).select(rows));
                block.count(number, m, from, predicted, correct);
            }
        }
        classifiers.headMap(needed.last()).clear();
    }

    /** Encodes the texts of batches together, as far as that is not done yet. */
    private void prepare(SortedSet<Long> needed) {
        List<Long> missing =
                needed.stream().filter(batch -> !classifiers.containsKey(batch)).toList();
        List<ContextText> texts = new ArrayList<>();
        for (long batch : missing) {
            noise.skip(batch - nextDraw);
            texts.addAll(noise.before(prompts.texts()));
            nextDraw = batch + 1;
        }
        if (!missing.isEmpty()) {
            List<FeatureMatrix> encoded =
                    encoders.noisyTexts(texts).parts(prompts.texts().size());
            for (int i = 0; i < missing.size(); i++) {
                FeatureMatrix own = encoded.get(i);
                classifiers.put(
                        missing.get(i),
                        methods.list().stream()
                                .map(method ->
                                        ZeroShotClassifier.of(ZeroShot.classFeatures(plan.classes(), method, own), 1))
                                .toList());
            }
        }
    }
}
