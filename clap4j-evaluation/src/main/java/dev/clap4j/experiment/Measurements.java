package dev.clap4j.experiment;

import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.ZeroShot;
import java.util.List;

/** All measurements and their measures. */
public final class Measurements {
    /** Every measure, in the order of tables. */
    private static final List<List<Measure>> MEASURES = List.of(ZeroShot.MEASURES, MixedTemplates.MEASURES);

    private Measurements() {}

    /** Returns a measure by its name; a percentage of that name if it is unknown. */
    public static Measure measure(String id) {
        return MEASURES.stream()
                .flatMap(List::stream)
                .filter(measure -> measure.id().equals(id))
                .findFirst()
                .orElseGet(() -> Measure.accuracy(id, id, id));
    }
}
