package dev.clap4j.experiment;

import dev.clap4j.internal.run.Steps;
import java.util.List;
import java.util.stream.Stream;

/**
 * A measurement on a subject.
 *
 * @param subject the methods and the data
 * @param measurement the measurement
 */
public record Trial(Subject subject, Measurement measurement) {
    /** Returns the results, computed at once and without a run directory. */
    public Results results() {
        try (Context context = new Context(subject, null)) {
            Stream<Results> cells =
                    measurement.cells(context).stream().map(cell -> measurement.run(cell, context, Steps.unreported()));
            return results(cells.toList(), context);
        }
    }

    /** Returns the results from those of all cells, with the derived scores. */
    Results results(List<Results> cells, Context context) {
        Results own = measurement.results(cells, context);
        return own.and(Results.ofScores(measurement.derived().stream()
                .flatMap(each -> each.scores(own.scores()).stream())
                .toList()));
    }
}
