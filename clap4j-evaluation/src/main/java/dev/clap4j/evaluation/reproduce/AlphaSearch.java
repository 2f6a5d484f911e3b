package dev.clap4j.evaluation.reproduce;

import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.ZeroShotProtocol;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.prompt.PromptStyle;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chooses one α for all heads of a kind on images of known domains: the one with the highest mean
 * accuracy under C, PC and CP over the heads, the smallest on ties. The test images stay unseen.
 */
final class AlphaSearch {
    /** The candidates: the range of published values, and α = 1 as in training. */
    private static final List<Float> GRID = List.of(0.03f, 0.05f, 0.1f, 0.14f, 0.2f, 0.3f, 0.5f, 0.7f, 1f);

    private static final List<PromptSet> CLEAN = Stream.of(PromptStyle.C, PromptStyle.PC, PromptStyle.CP)
            .map(PromptSet::of)
            .toList();

    private AlphaSearch() {}

    static float among(List<ContentMap> heads, EncodedDataset known, PromptEncoder encoder) {
        ZeroShotProtocol protocol = new ZeroShotProtocol(known.dataset(), known.images(), encoder, 1, 0);
        double[] accuracy = new double[GRID.size()];
        for (ContentMap head : heads) {
            List<Method> methods =
                    GRID.stream().map(alpha -> Method.clap(head, alpha)).toList();
            List<MethodResult> results = protocol.run(CLEAN, methods);
            for (int i = 0; i < accuracy.length; i++) {
                accuracy[i] += Metrics.mean(results.get(i).prompts().stream()
                        .map(PromptResult::mean)
                        .toList());
            }
        }
        int best = 0;
        for (int i = 1; i < accuracy.length; i++) {
            best = accuracy[i] > accuracy[best] ? i : best;
        }
        return GRID.get(best);
    }
}
