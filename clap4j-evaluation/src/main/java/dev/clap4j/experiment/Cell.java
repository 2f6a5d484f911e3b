package dev.clap4j.experiment;

/**
 * A part of a measurement that is computed and kept on its own, so that a killed run repeats only unfinished ones.
 *
 * @param condition distinguishes it from the other cells of the measurement
 * @param steps the number of steps that it counts for in the progress, at least 1
 */
public record Cell(Condition condition, long steps) {
    /** Returns a cell of one step. */
    public static Cell of(Condition condition) {
        return new Cell(condition, 1);
    }
}
