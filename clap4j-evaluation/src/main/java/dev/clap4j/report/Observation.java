package dev.clap4j.report;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import java.nio.file.Path;
import java.util.List;

/**
 * A score in a report.
 *
 * @param measure the quantity
 * @param shown its condition without the unit, with the method's name in the report
 * @param unit the source of the value
 * @param value the value
 */
record Observation(Measure measure, Condition shown, Unit unit, double value) {
    /**
     * A source of randomness between values.
     *
     * @param run the run directory
     * @param seed the seed; null if there is none
     * @param draw the draw of labelled images; null if there is none
     */
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
