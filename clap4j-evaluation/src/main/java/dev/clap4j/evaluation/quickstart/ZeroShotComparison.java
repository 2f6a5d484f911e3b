package dev.clap4j.evaluation.quickstart;

import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Difference;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.PromptMetrics;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotAnswers;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.prompt.PromptStyle;
import java.util.Arrays;
import java.util.List;

/**
 * The paper's zero-shot protocol on one data set.
 *
 * @param methods CLIP, then all heads
 * @param names the names of the metrics
 * @param differences for each metric, the mean of the heads minus the value of CLIP
 */
record ZeroShotComparison(List<MethodResult> methods, List<String> names, List<Difference> differences) {
    /** The number of images that share one draw of noise; small, so that means are taken over many draws. */
    private static final int NOISE_BATCH = 16;

    /** Evaluates CLIP, the first of the methods, and the heads. */
    static ZeroShotComparison of(EncodedDataset data, SharedTexts texts, List<Method> methods, long seed) {
        List<PromptSet> prompts =
                Arrays.stream(PromptStyle.values()).map(PromptSet::of).toList();
        ZeroShotAnswers answers =
                new ZeroShotProtocol(data.dataset(), data.images(), texts, NOISE_BATCH, seed).answers(prompts, methods);
        PromptMetrics figures = answers.figures();
        return new ZeroShotComparison(
                answers.results(), figures.names(), answers.paired().othersAgainstFirst(figures, seed));
    }

    /** Returns the values of a metric for CLIP and all heads. */
    List<Double> values(String figure) {
        return methods.stream().map(method -> method.figures().get(figure)).toList();
    }

    /** Returns the difference in a metric. */
    Difference difference(String figure) {
        return differences.get(names.indexOf(figure));
    }
}
