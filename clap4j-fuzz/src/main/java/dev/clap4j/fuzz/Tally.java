package dev.clap4j.fuzz;

/**
 * What was tried on one target.
 *
 * @param target its name
 * @param executions inputs tried
 * @param values of these, inputs that were read
 * @param refusals of these, inputs that were refused in words
 * @param findings of these, inputs that found a fault
 * @param seconds how long it took
 * @param peakBytes the most memory that the worker had afterwards
 * @param gaveUp whether it was left alone, since it ended the worker too often
 */
record Tally(
        String target,
        long executions,
        long values,
        long refusals,
        long findings,
        double seconds,
        long peakBytes,
        boolean gaveUp) {
    Tally plus(Tally other) {
        return new Tally(
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
