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
        /** Things that have nothing in common: each is encoded when its interval comes, in the order in which it comes. */
        static <K> Sharing<K> none() {
            return new Sharing<>(1, things -> things);
        }

        /**
         * Texts, whose common beginnings are encoded once. Patience cannot run out before there were as many checks as it
         * has and one more, so the first of these parts is never encoded in vain.
         */
        static Sharing<String> ofBeginnings(Schedule schedule) {
            int together = 1 + Math.min(schedule.patience(), schedule.intervals() - 1);
            return new Sharing<>(together, texts -> texts.stream().sorted().toList());
        }
    }
}
