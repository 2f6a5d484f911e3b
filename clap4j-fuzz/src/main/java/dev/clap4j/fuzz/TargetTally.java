package dev.clap4j.fuzz;

/**
 * The statistics of one target.
 *
 * @param target its name
 * @param executions number of inputs run
 * @param values number of these that were read
 * @param refusals number of these that were rejected with a message
 * @param findings number of these that triggered a fault
 * @param seconds duration
 * @param peakBytes the largest memory of the worker afterwards
 * @param gaveUp whether it was abandoned because it ended the worker too often
 */
record TargetTally(
        String target,
        long executions,
        long values,
        long refusals,
        long findings,
        double seconds,
        long peakBytes,
        boolean gaveUp) {
    TargetTally plus(TargetTally other) {
        return new TargetTally(
                target,
                executions + other.executions,
                values + other.values,
                refusals + other.refusals,
                findings + other.findings,
                seconds + other.seconds,
                Math.max(peakBytes, other.peakBytes),
                gaveUp || other.gaveUp);
    }

    double perSecond() {
        return seconds > 0 ? executions / seconds : 0;
    }
}
