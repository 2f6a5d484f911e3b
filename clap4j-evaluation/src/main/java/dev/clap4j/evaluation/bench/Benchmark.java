package dev.clap4j.evaluation.bench;

import java.util.List;

/**
 * What was measured on a machine.
 *
 * @param machine the processor, and what runs on it
 * @param model the model
 * @param rows a line for each job
 */
public record Benchmark(Machine machine, String model, List<Row> rows) {
    /** Makes the list unmodifiable. */
    public Benchmark {
        rows = List.copyOf(rows);
    }

    /**
     * The machine.
     *
     * @param processor its name
     * @param threads how many there are
     * @param memoryGib its memory in GiB
     * @param java the version of Java
     * @param load how busy the machine was when it began: processes that want to run; null if that is not known
     */
    public record Machine(String processor, int threads, double memoryGib, String java, Double load) {}

    /**
     * One job.
     *
     * @param job what was done
     * @param value the median of several goes
     * @param unit such as {@code images/s}
     * @param limitShare how much of the measured rate of plain matrix products of the same precision it reaches, in
     *     percent; null where matrix products are not what it does
     */
    public record Row(String job, double value, String unit, Double limitShare) {}
}
