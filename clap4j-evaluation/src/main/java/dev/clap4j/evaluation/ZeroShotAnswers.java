package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The predictions of several methods for a data set under several prompts.
 *
 * @param prompts the prompts
 * @param methods the methods
 * @param predicted class numbers {@code [images]} by prompt, method and domain
 */
public record ZeroShotAnswers(
        Dataset dataset, List<PromptSet> prompts, List<Method> methods, List<List<List<int[]>>> predicted) {
    /** Makes the lists unmodifiable. */
    public ZeroShotAnswers {
        prompts = List.copyOf(prompts);
        methods = List.copyOf(methods);
        predicted = List.copyOf(predicted);
    }

    /** Returns the accuracy of every method under every prompt set, in the order of the methods. */
    public List<MethodResult> results() {
        List<MethodResult> results = new ArrayList<>();
        for (int m = 0; m < methods.size(); m++) {
            List<PromptResult> ofMethod = new ArrayList<>();
            for (int p = 0; p < prompts.size(); p++) {
                ofMethod.add(result(prompts.get(p), predicted.get(p).get(m)));
            }
            results.add(MethodResult.of(methods.get(m), ofMethod));
        }
        return results;
    }

    private PromptResult result(PromptSet set, List<int[]> predictions) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        for (int d = 0; d < predictions.size(); d++) {
            Domain domain = dataset.domains().get(d);
            accuracy.put(domain.name(), Metrics.accuracy(predictions.get(d), domain.labels()));
        }
        return PromptResult.of(set.name(), accuracy);
    }

    /** Returns the metrics derived from the prompts. */
    public PromptMetrics figures() {
        return new PromptMetrics(prompts.stream().map(PromptSet::name).toList());
    }

    /** Returns the correctness of the predictions, for comparing methods. */
    public PairedAnswers paired() {
        return PairedAnswers.of(
                methods.stream().map(Method::name).toList(),
                IntStream.range(0, methods.size())
                        .mapToObj(m -> predicted.stream()
                                .map(underPrompt -> right(underPrompt.get(m)))
                                .toList())
                        .toList());
    }

    /** Returns the correctness by domain, {@code [images]}. */
    private List<double[]> right(List<int[]> found) {
        return IntStream.range(0, found.size())
                .mapToObj(d -> {
                    int[] labels = dataset.domains().get(d).labels();
                    return IntStream.range(0, labels.length)
                            .mapToDouble(i -> found.get(d)[i] == labels[i] ? 1 : 0)
                            .toArray();
                })
                .toList();
    }
}
