package dev.clap4j.training.objective;

/** The one condition on temperatures. */
final class Temperature {
    private Temperature() {}

    static void check(double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("A temperature is positive and finite, not " + temperature);
        }
    }
}
