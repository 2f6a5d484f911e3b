package dev.clap4j;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The numbers that encoders compute with. */
public enum Precision {
    /** 32-bit floating point throughout. */
    FP32,
    /**
     * 16-bit floating point, on GPUs: weights, which take half the memory, and the values between layers. Inputs and
     * features stay in 32 bits, and so do the statistics of norms.
     */
    FP16,
    /**
     * 8-bit integers, on the processor, in the linear layers between a transformer's tokens, where nearly all of the
     * computation happens: weights with one scale per output, activations with a scale computed in each run. Attention,
     * norms, non-linearities, convolutions and whatever is computed once per image or text stay in 32-bit floating
     * point.
     */
    INT8;

    /**
     * Returns a precision by its name: {@code fp32}, {@code fp16} or {@code int8}.
     *
     * @throws ClapException if there is none of this name
     */
    public static Precision of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClapException("There is no precision " + name + "; precisions are " + names()));
    }

    private static String names() {
        return Arrays.stream(values()).map(Precision::toString).collect(Collectors.joining(", "));
    }

    /** Returns the name, as {@link #of} reads it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
