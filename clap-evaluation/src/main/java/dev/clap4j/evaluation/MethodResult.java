package dev.clap4j.evaluation;

import dev.clap4j.prompt.PromptStyle;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What one method reaches under all prompts, and how much the prompts matter to it (CLAP, section 4.1).
 *
 * @param method its name
 * @param alpha the strength α; null without a head
 * @param prompts a result for each prompt set, in the order asked for
 * @param range R, the range of the means under C, PC and CP; null unless all three were asked for
 * @param deviation δ, their population standard deviation; null likewise
 * @param noiseDrop Δ(NC), the mean under C less that under NC; null unless both were asked for
 */
public record MethodResult(
        String method, Float alpha, List<PromptResult> prompts, Double range, Double deviation, Double noiseDrop) {
    /** Makes the list unmodifiable. */
    public MethodResult {
        prompts = List.copyOf(prompts);
    }

    static MethodResult of(Method method, List<PromptResult> prompts) {
        Double c = mean(prompts, PromptStyle.C);
        Double nc = mean(prompts, PromptStyle.NC);
        List<Double> clean = Stream.of(c, mean(prompts, PromptStyle.PC), mean(prompts, PromptStyle.CP))
                .filter(Objects::nonNull)
                .toList();
        boolean complete = clean.size() == 3;
        return new MethodResult(
                method.name(),
                method.alpha(),
                prompts,
                complete ? Metrics.range(clean) : null,
                complete ? Metrics.deviation(clean) : null,
                c == null || nc == null ? null : (Double) (c - nc));
    }

    private static Double mean(List<PromptResult> prompts, PromptStyle style) {
        return prompts.stream()
                .filter(result -> result.prompt().equals(style.name()))
                .map(PromptResult::mean)
                .findFirst()
                .orElse(null);
    }
}
