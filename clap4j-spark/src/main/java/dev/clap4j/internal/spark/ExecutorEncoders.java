package dev.clap4j.internal.spark;

import java.util.HashMap;
import java.util.Map;

/**
 * The encoders of this process. All tasks of an executor share one, however many cores it has, so that weights are
 * mapped and networks compiled once. Encoders stay open between tasks; those that no task uses are closed when others
 * are opened, and all of them when the process ends.
 */
final class ExecutorEncoders {
    private static final Map<Key, Shared> OPEN = new HashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ExecutorEncoders::closeAll, "clap4j-close"));
    }

    private ExecutorEncoders() {}

    /** Encoders that tasks can share: their recipe, without the bytes of the head, and the threads of a call. */
    private record Key(EncoderRecipe recipe, int threads) {}

    private static final class Shared {
        private final Encoders encoders;
        private int users;

        Shared(Encoders encoders) {
            this.encoders = encoders;
        }
    }

    /** The use of shared encoders by a task. Closing it leaves them open for the next. */
    static final class Lease implements AutoCloseable {
        private final Shared shared;
        private boolean ended;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        Encoders encoders() {
            return shared.encoders;
        }

        @Override
        public void close() {
            synchronized (OPEN) {
                if (!ended) {
                    ended = true;
                    shared.users--;
                }
            }
        }
    }

    /**
     * Returns the encoders of a recipe, opening them if necessary; other tasks wait meanwhile.
     *
     * @param threads the threads of a call, the caller's included
     * @throws dev.clap4j.ClapException as {@link Encoders#open}
     */
    static Lease lease(EncoderRecipe recipe, int threads) {
        Key key = new Key(recipe.withoutHead(), threads);
        synchronized (OPEN) {
            Shared shared = OPEN.get(key);
            if (shared == null) {
                closeUnused();
                shared = new Shared(Encoders.open(recipe, threads));
                OPEN.put(key, shared);
            }
            shared.users++;
            return new Lease(shared);
        }
    }

    /** Returns the number of open encoders. */
    static int open() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }

    private static void closeUnused() {
        OPEN.values().removeIf(shared -> {
            if (shared.users == 0) {
                shared.encoders.close();
            }
            return shared.users == 0;
        });
    }

    private static void closeAll() {
        synchronized (OPEN) {
            OPEN.values().forEach(shared -> shared.encoders.close());
            OPEN.clear();
        }
    }
}
