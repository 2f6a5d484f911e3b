package dev.clap4j.training;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The frozen encoders of a training, and how much of their work an interrupted run may lose.
 *
 * @param dim the dimension D of their features
 * @param lasting encodes what is encoded once
 * @param passing encodes what is one step's alone
 * @param block how much is encoded before it is written to a file
 * @param sharing how what is encoded once is put together
 */
record Encoders<K, V>(int dim, Encoding<K> lasting, Encoding<V> passing, int block, Sharing<K> sharing) {

    /**
     * Which things cost less when they are encoded together.
     *
     * @param intervals the things of so many intervals are encoded at once
     * @param order puts next to each other what should share a block
     */
    record Sharing<K>(int intervals, UnaryOperator<List<K>> order) {
        /** The first time that patience can run out is behind a third of what is encoded at once. */
        private static final int PATIENCES = 3;

        /** Things that have nothing in common: each is encoded when its interval comes, in the order in which it comes. */
        static <K> Sharing<K> none() {
            return new Sharing<>(1, things -> things);
        }

        /**
         * Texts, whose common beginnings are encoded once: those of so many intervals that a run of the published schedule has
         * all of its texts at once. That is a tenth less to encode than in parts. A run that ends as early as patience can run
         * out encodes a sixth more than it needs.
         */
        static Sharing<String> ofBeginnings(Schedule schedule) {
            long together = Math.min(schedule.intervals(), PATIENCES * (schedule.patience() + 1L));
            return new Sharing<>(
                    (int) together, texts -> texts.stream().sorted().toList());
        }
    }
}
