package dev.clap4j.benchmark;

import java.util.List;

/**
 * Measurements on one machine.
 *
 * @param machine the machine
 * @param model the model
 * @param rows one row per job
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
     * @param threads the number of hardware threads
     * @param memoryGib its memory in GiB
     * @param java the version of Java
     * @param load the load average at the start; null if unknown
     */
    public record Machine(String processor, int threads, double memoryGib, String java, Double load) {}

    /**
     * One job.
     *
     * @param job its name
     * @param value the median of several runs
     * @param unit such as {@code images/s}
     * @param limitShare the fraction of the measured rate of plain matrix products of the same precision, in
     *     percent; null for jobs other than matrix products
     */
    public record Row(String job, double value, String unit, Double limitShare) {}
}
