package dev.clap4j.experiment;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Something to measure, such as zero-shot accuracy. Implementations are immutable and listed in {@link Measurements}:
 * a new one appears in tables, pages, JSON and sweeps without further changes.
 */
public interface Measurement {
    /** Returns its name, such as {@code zeroshot}. */
    default String id() {
        return layout().id();
    }

    /** Returns its options, by the names of the command line, for {@code run.json}. */
    default Map<String, String> options() {
        return Map.of();
    }

    /** Returns its tables and plots. */
    Layout layout();

    /** Returns the measures computed from others. */
    default List<Derived> derived() {
        return List.of();
    }

    /**
     * Checks a data set before its images are encoded.
     *
     * @throws dev.clap4j.ClapException if it cannot be measured on
     */
    default void check(Dataset dataset) {}

    /**
     * Checks files that were brought into the directory of a new run, before anything is written.
     *
     * @throws dev.clap4j.ClapException if they do not fit the data set
     */
    default void checkBrought(Path folder, Dataset dataset) {}

    /** Returns sentences on what limits the results on a data set, to be told beforehand. */
    default List<String> cautions(Dataset dataset) {
        return List.of();
    }

    /** Returns the texts without noise that are encoded, for classes. */
    default List<String> texts(List<String> classes) {
        return List.of();
    }

    /**
     * Returns this measurement for features of texts that were computed elsewhere.
     *
     * @param prompts returns the prompt sets of some names, or all if there are no names
     * @throws dev.clap4j.ClapException if it needs a model
     */
    default Measurement withPrompts(Function<List<String>, List<PromptSet>> prompts) {
        return this;
    }

    /** Returns the cells, in the order in which they are computed. */
    List<Cell> cells(Context context);

    /**
     * Computes a cell.
     *
     * @param steps may be advanced while the cell is computed, by as many steps as it counts for; the rest is added at
     *     its end
     */
    Results run(Cell cell, Context context, Steps steps);

    /** Returns whether cells of the same method may run in parallel. */
    default boolean isParallel() {
        return false;
    }

    /**
     * Returns the results, from those of all cells in their order. By default, each domain's score is the mean over its
     * images.
     */
    default Results results(List<Results> cells, Context context) {
        return Results.all(cells).joined().withMeans();
    }

    /**
     * Returns reasons to doubt the scores, as sentences.
     *
     * @param scores those of this measurement in one run
     */
    default List<String> warnings(List<Score> scores) {
        return List.of();
    }
}
