package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.experiment.Method;
import dev.clap4j.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Some images of a partition: their features, domains and labels. */
final class Block {
    /** The most images of a block. */
    static final int MOST = 4096;

    private final List<float[]> features = new ArrayList<>();
    private final List<Integer> domains = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    /** Adds a row of domain, label and features. */
    void add(Row row) {
        List<Float> values = row.getList(2);
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        domains.add(row.getInt(0));
        labels.add(row.getInt(1));
        features.add(floats);
    }

    int size() {
        return features.size();
    }

    /** Returns the features of each method. */
    List<FeatureMatrix> mapped(Methods methods) {
        FeatureMatrix all = FeatureMatrix.ofRows(Collections.nCopies(size(), ""), features.get(0).length, features);
        return methods.list().stream().map((Method method) -> method.apply(all)).toList();
    }

    /** Adds the correct ones among predictions for the images from an index on. */
    void count(int prompts, int method, int from, int[] predicted, Map<Key, Long> correct) {
        for (int i = 0; i < predicted.length; i++) {
            if (predicted[i] == labels.get(from + i)) {
                correct.merge(new Key(prompts, method, domains.get(from + i), predicted[i]), 1L, Long::sum);
            }
        }
    }

    /** Returns no counts. */
    static Map<Key, Long> noCounts() {
        return new HashMap<>();
    }
}
