package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.measurement.FeatureMap;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.Retrieval;
import dev.clap4j.experiment.measurement.VarianceShares;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.measurement.attack.Robustness;
import dev.clap4j.internal.io.NearestName;
import java.util.List;

/** The list of all measurements. */
public final class Measurements {
    /** Every kind of measurement, in the order of tables. */
    public static final List<MeasurementKind> ALL = List.of(
            ZeroShot.KIND,
            MixedTemplates.KIND,
            FewShot.KIND,
            Robustness.KIND,
            FeatureMap.KIND,
            VarianceShares.KIND,
            Retrieval.KIND);

    private Measurements() {}

    /**
     * Returns a kind by its name.
     *
     * @throws ClapException if there is none
     */
    public static MeasurementKind named(String id) {
        List<String> known = ALL.stream().map(MeasurementKind::id).toList();
        return ALL.stream()
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ClapException("There is no measurement " + id + NearestName.hint(id, known)
                        + "; there are " + String.join(", ", known)));
    }

    /** Returns a measure by its name; a percentage of that name if it is unknown. */
    public static Measure measure(String id) {
        return ALL.stream()
                .flatMap(kind -> kind.measures().stream())
                .filter(measure -> measure.id().equals(id))
                .findFirst()
                .orElseGet(() -> Measure.accuracy(id, id, id));
    }
}
