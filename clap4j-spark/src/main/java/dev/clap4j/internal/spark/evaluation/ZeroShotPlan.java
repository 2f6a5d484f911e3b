package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.spark.ClassRows;
import dev.clap4j.internal.spark.EncoderRecipe;
import dev.clap4j.internal.spark.Encoders;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All that executors need to know to count correct predictions.
 *
 * @param recipe the encoders, without a head
 * @param heads the heads
 * @param classes the names of the classes
 * @param prompts the prompt sets
 * @param noiseBatch the number of images that share one draw of noise
 * @param seed the seed of the noise
 */
public record ZeroShotPlan(
        EncoderRecipe recipe,
        List<HeadPlan> heads,
        List<String> classes,
        List<Prompts> prompts,
        int noiseBatch,
        long seed)
        implements Serializable {
    /** Encodes the prompts without noise, on all processors of this machine. */
    public static ZeroShotPlan of(
            EncoderRecipe recipe, List<HeadPlan> heads, List<String> classes, ZeroShot measurement) {
        List<String> names = new ArrayList<>(classes);
        List<Prompts> prompts = new ArrayList<>();
        try (Encoders encoders = Encoders.open(recipe, Runtime.getRuntime().availableProcessors());
                Methods methods = Methods.open(heads, encoders)) {
            for (PromptSet set : measurement.prompts()) {
                List<String> texts = new ArrayList<>(set.texts(classes));
                List<ClassRows> rows = set.noisy() ? List.of() : rows(names, methods, encoders.texts(texts));
                prompts.add(new Prompts(set.name(), set.noisy(), texts, rows));
            }
        }
        return new ZeroShotPlan(recipe, heads, names, prompts, measurement.noiseBatch(), measurement.seed());
    }

    private static List<ClassRows> rows(List<String> classes, Methods methods, FeatureMatrix texts) {
        List<ClassRows> rows = new ArrayList<>();
        methods.list().forEach(method -> {
            FeatureMatrix features = ZeroShot.classFeatures(classes, method, texts);
            rows.add(new ClassRows(classes, features.dim(), features.values(), 1, Float.NaN));
        });
        return rows;
    }

    /** Returns the conditions of the methods' scores, in their order. */
    public List<Condition> methods() {
        return Methods.conditions(heads);
    }

    boolean isNoisy() {
        return prompts.stream().anyMatch(Prompts::noisy);
    }
}
