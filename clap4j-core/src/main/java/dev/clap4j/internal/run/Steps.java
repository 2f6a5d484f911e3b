package dev.clap4j.internal.run;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Counts the steps of one part of some work, reports them to a {@link Progress}, and ends the work if that requests a
 * stop. Thread-safe; calls to the progress are serialised.
 */
public final class Steps {
    private final Progress progress;
    private final String part;
    private final long all;
    private long done;

    private Steps(Progress progress, String part, long all, long done) {
        this.progress = progress;
        this.part = part;
        this.all = all;
        this.done = done;
    }

    /** Begins a part without completed steps. */
    public static Steps begin(Progress progress, String part, long all) {
        return begin(progress, part, all, 0);
    }

    /**
     * Begins a part.
     *
     * @param all the total number of steps
     * @param done the number of steps already completed
     * @throws StoppedException if the progress requests a stop and steps are left
     */
    public static Steps begin(Progress progress, String part, long all, long done) {
        progress.begin(part, all, done);
        Steps steps = new Steps(progress, part, all, done);
        steps.advance(0);
        return steps;
    }

    /** Returns steps that are not reported. */
    public static Steps unreported() {
        return new Steps(Progress.NONE, "", 0, 0);
    }

    /**
     * Adds completed steps.
     *
     * @throws StoppedException if the progress requests a stop and steps are left
     */
    public void advance(long count) {
        if (add(count) < all) {
            checkStop();
        }
    }

    /**
     * Adds completed steps, for work that cannot be stopped at this point.
     *
     * @return the number of completed steps
     */
    public synchronized long add(long count) {
        done += count;
        if (count > 0) {
            progress.advance(count);
        }
        return done;
    }

    /**
     * Performs a step for each item, in parallel. If a stop is requested, steps already begun are finished, and no
     * thread is still working when this method returns or throws.
     *
     * @throws StoppedException if the progress requests a stop and steps are left
     */
    public <T> void parallel(List<T> things, Consumer<T> step) {
        things.parallelStream().filter(thing -> !progress.stopRequested()).forEach(thing -> {
            step.accept(thing);
            add(1);
        });
        advance(0);
    }

    /**
     * Performs a step for each item in the given number of threads, the first items first. If a stop is requested or a
     * step fails, steps already begun are finished, and no thread is still working when this method returns or throws.
     *
     * @throws StoppedException if the progress requests a stop and steps are left
     */
    public <T> void parallel(List<T> things, int threads, Consumer<T> step) {
        Queue<T> left = new ConcurrentLinkedQueue<>(things);
        Workers.run(Math.min(threads, things.size()), failed -> {
            for (T thing; !failed.getAsBoolean() && !progress.stopRequested() && (thing = left.poll()) != null; ) {
                step.accept(thing);
                add(1);
            }
        });
        advance(0);
    }

    /** Forwards the current status. */
    public synchronized void note(String text) {
        progress.note(text);
    }

    /** Forwards a log entry. */
    public synchronized void milestone(String text) {
        progress.milestone(text);
    }

    /**
     * Ends the work here if a stop is requested.
     *
     * @throws StoppedException if the progress requests a stop
     */
    public void checkStop() {
        if (progress.stopRequested()) {
            throw stopped();
        }
    }

    /** Returns an exception with the current number of steps, for work that is ending. */
    public synchronized StoppedException stopped() {
        return new StoppedException(part, done, all);
    }

    /**
     * Returns a progress for nested work that performs some of these steps: its steps count as steps of this part, and
     * it stops when this part does. The names of its parts are not reported.
     */
    public Progress inside() {
        return new Progress() {
            @Override
            public void begin(String inner, long steps, long before) {
                add(before);
            }

            @Override
            public void advance(long steps) {
                add(steps);
            }

            @Override
            public boolean stopRequested() {
                return progress.stopRequested();
            }
        };
    }
}
