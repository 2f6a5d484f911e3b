package dev.clap4j.evaluation.report;

import java.util.Comparator;

/** The order of methods in tables: CLIP, the baselines, CLAP. */
final class MethodOrder {
    static final Comparator<String> COMPARATOR = Comparator.comparing(MethodOrder::rank);

    private static final String CLAP = "CLAP";

    private MethodOrder() {}

    static int rank(String method) {
        return method.equals("CLIP") ? 0 : isClap(method) ? 2 : 1;
    }

    /** Returns whether the method is CLAP or a variant of it. */
    static boolean isClap(String method) {
        return method.equals(CLAP) || method.startsWith(CLAP + " (");
    }
}
