package dev.clap4j.training.objective;

import dev.clap4j.ClapException;

/** Validates temperatures. */
final class Temperature {
    private Temperature() {}

    static void check(double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new ClapException("The temperature of a loss should be above 0, but is " + temperature);
        }
    }
}
