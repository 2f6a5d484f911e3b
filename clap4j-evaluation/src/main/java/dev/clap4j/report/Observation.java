package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import java.nio.file.Path;
import java.util.List;

/** A score in a report, under its condition without the unit, and with the method's name in the report. */
record Observation(Measure measure, Condition shown, Unit unit, double value) {
    /** A source of randomness between values: the run directory, with a seed or a draw of labelled images if any. */
    record Unit(Path run, String seed, String draw) {}

    static Observation of(SavedRun run, Score score, Condition shown) {
        Condition condition = score.condition();
        Unit unit = new Unit(run.folder(), condition.get(Condition.SEED), condition.get(Condition.DRAW));
        return new Observation(score.measure(), shown, unit, score.value());
    }

    /** Returns what observations of the same images by the same method share. */
    List<Object> key() {
        return List.of(measure, shown.without(Condition.DOMAIN), unit);
    }
}
