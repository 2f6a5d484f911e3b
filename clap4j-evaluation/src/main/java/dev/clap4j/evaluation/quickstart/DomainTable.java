package dev.clap4j.evaluation.quickstart;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.evaluation.FewShotResult;
import dev.clap4j.evaluation.MethodResult;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.evaluation.PromptResult;
import dev.clap4j.evaluation.quickstart.DomainScores.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Arranges the results of one data set by domain.
 *
 * @param seen whether the model was trained on these domains
 */
record DomainTable(Dataset dataset, boolean seen) {
    /**
     * Returns the values for every domain. All lists begin with CLIP; the heads follow.
     *
     * @param probes by method and draw; may be empty
     */
    List<DomainScores> of(List<MethodResult> methods, List<PromptResult> mixed, List<List<FewShotResult>> probes) {
        List<DomainScores> rows = new ArrayList<>();
        for (Domain domain : dataset.domains()) {
            List<Score> figures = new ArrayList<>();
            for (int p = 0; p < methods.get(0).prompts().size(); p++) {
                int prompt = p;
                figures.add(figure(
                        methods.get(0).prompts().get(p).prompt(),
                        IntStream.range(0, methods.size())
                                .mapToObj(m -> methods.get(m)
                                        .prompts()
                                        .get(prompt)
                                        .accuracy()
                                        .get(domain.name()))
                                .toList()));
            }
            figures.add(figure(
                    mixed.get(0).prompt(),
                    mixed.stream()
                            .map(result -> result.accuracy().get(domain.name()))
                            .toList()));
            if (!probes.isEmpty()) {
                figures.add(figure(
                        probes.get(0).get(0).shots() + "-shot",
                        probes.stream()
                                .map(draws -> Metrics.mean(draws.stream()
                                        .map(draw -> draw.within().get(domain.name()))
                                        .toList()))
                                .toList()));
            }
            rows.add(new DomainScores(domain.name(), seen, domain.images().size(), figures));
        }
        return rows;
    }

    private static Score figure(String name, List<Double> values) {
        return new Score(name, values.get(0), Metrics.mean(values.subList(1, values.size())));
    }
}
