package dev.clap4j.evaluation.quickstart;

import dev.clap4j.evaluation.Domain;
import dev.clap4j.evaluation.EncodedDataset;
import dev.clap4j.evaluation.Interval;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PairedBootstrap;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.SharedTexts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The paper's zero-shot protocol on one data set.
 *
 * @param methods CLIP, then every head
 * @param interval of the heads' mean gain over C, PC and CP
 */
record ZeroShotFigures(List<MethodResult> methods, Interval interval) {
    /** Images that share one draw of noise: few, so that many draws enter a mean. */
    private static final int NOISE_BATCH = 16;

    private static final List<PromptSet> CLEAN = Stream.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP)
            .map(PromptSet::of)
            .toList();

    /** Evaluates CLIP, the first of the methods, and the heads. */
    static ZeroShotFigures of(EncodedDataset data, SharedTexts texts, List<Method> methods, long seed) {
        ZeroShotProtocol protocol = new ZeroShotProtocol(data.dataset(), data.images(), texts, NOISE_BATCH, seed);
        List<PromptSet> prompts =
                Arrays.stream(PromptStyle.values()).map(PromptSet::of).toList();
        return new ZeroShotFigures(
                protocol.run(prompts, methods),
                PairedBootstrap.interval(gains(data, protocol, methods), PairedBootstrap.RESAMPLES, seed));
    }

    /** By domain and image: the gain, the mean over clean prompts and heads. */
    private static List<double[]> gains(EncodedDataset data, ZeroShotProtocol protocol, List<Method> methods) {
        List<Domain> domains = data.dataset().domains();
        List<double[]> gains = new ArrayList<>();
        domains.forEach(domain -> gains.add(new double[domain.images().size()]));
        int heads = methods.size() - 1;
        for (PromptSet set : CLEAN) {
            List<List<int[]>> answers = protocol.predict(set, methods);
            for (int d = 0; d < domains.size(); d++) {
                for (int head = 1; head <= heads; head++) {
                    double[] of = PairedBootstrap.differences(
                            answers.get(0).get(d),
                            answers.get(head).get(d),
                            domains.get(d).labels());
                    for (int i = 0; i < of.length; i++) {
                        gains.get(d)[i] += of[i] / CLEAN.size() / heads;
                    }
                }
            }
        }
        return gains;
    }

    /** The mean accuracy over C, PC and CP. */
    static double cleanMean(MethodResult result) {
        return Metrics.mean(result.prompts().stream()
                .filter(prompt -> !prompt.prompt().equals(PromptStyle.NC.name()))
                .map(PromptResult::mean)
                .toList());
    }
}
