package dev.clap4j.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One method's accuracy under all prompts, and its sensitivity to the prompt (CLAP, section 4.1).
 *
 * @param method its name
 * @param alpha the value of α; null without a head
 * @param prompts a result for each prompt set, in the requested order
 * @param range R, the range of the means under C, PC and CP; null unless all three were requested
 * @param deviation δ, their population standard deviation; null likewise
 * @param noiseDrop Δ(NC), the mean under C minus that under NC; null unless both were requested
 */
public record MethodResult(
        String method, Float alpha, List<PromptResult> prompts, Double range, Double deviation, Double noiseDrop) {
    /** Makes the list unmodifiable. */
    public MethodResult {
        prompts = List.copyOf(prompts);
    }

    /** Returns the names of the prompt sets. */
    List<String> promptNames() {
        return prompts.stream().map(PromptResult::prompt).toList();
    }

    /** Returns whether the result covers exactly these domains. */
    boolean isOf(List<String> domains) {
        return prompts.stream().allMatch(prompt -> prompt.accuracy().keySet().equals(Set.copyOf(domains)));
    }

    static MethodResult of(Method method, List<PromptResult> prompts) {
        Map<String, Double> figures = figures(prompts);
        return new MethodResult(
                method.name(),
                method.alpha(),
                prompts,
                figures.get(PromptMetrics.RANGE),
                figures.get(PromptMetrics.DEVIATION),
                figures.get(PromptMetrics.NOISE_DROP));
    }

    /** Returns the means under all prompts and the metrics derived from them, by the names of {@link PromptMetrics}. */
    public Map<String, Double> figures() {
        return figures(prompts);
    }

    private static Map<String, Double> figures(List<PromptResult> prompts) {
        PromptMetrics figures =
                new PromptMetrics(prompts.stream().map(PromptResult::prompt).toList());
        List<Double> values =
                figures.of(prompts.stream().map(PromptResult::mean).toList());
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            byName.put(figures.names().get(i), values.get(i));
        }
        return byName;
    }
}
