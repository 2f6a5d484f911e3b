package dev.clap4j.internal.run;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Steps of one part of some work: counts them, tells a {@link Progress}, and ends the work when that asks for it. Safe for
 * several threads, of which the progress sees one at a time.
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

    /** Begins a part of which nothing is done. */
    public static Steps begin(Progress progress, String part, long all) {
        return begin(progress, part, all, 0);
    }

    /**
     * Begins a part.
     *
     * @param all how many steps it has
     * @param done how many of them were done before
     * @throws StoppedException if the progress asks to stop, and there is something left to do
     */
    public static Steps begin(Progress progress, String part, long all, long done) {
        progress.begin(part, all, done);
        Steps steps = new Steps(progress, part, all, done);
        steps.advance(0);
        return steps;
    }

    /** Steps that nobody follows. */
    public static Steps untold() {
        return new Steps(Progress.NONE, "", 0, 0);
    }

    /**
     * So many more steps are done.
     *
     * @throws StoppedException if the progress asks to stop, and there is something left to do
     */
    public void advance(long count) {
        if (add(count) < all) {
            checkStop();
        }
    }

    /**
     * So many more steps are done; for work that cannot end just here.
     *
     * @return how many are done now
     */
    public synchronized long add(long count) {
        done += count;
        if (count > 0) {
            progress.advance(count);
        }
        return done;
    }

    /**
     * Does a step for each of some things, on all processors. Where it should stop, steps that have begun are finished, and
     * no thread is at work any more when this ends.
     *
     * @throws StoppedException if the progress asks to stop, and there is something left to do
     */
    public <T> void parallel(List<T> things, Consumer<T> step) {
        things.parallelStream().filter(thing -> !progress.stopRequested()).forEach(thing -> {
            step.accept(thing);
            add(1);
        });
        advance(0);
    }

    /** Passes the latest news on. */
    public synchronized void note(String text) {
        progress.note(text);
    }

    /** Passes an entry of a log on. */
    public synchronized void milestone(String text) {
        progress.milestone(text);
    }

    /**
     * Ends the work here if it should stop.
     *
     * @throws StoppedException if the progress asks to stop
     */
    public void checkStop() {
        if (progress.stopRequested()) {
            throw stopped();
        }
    }

    /** How far the work is, for work that ends because it should stop. */
    public synchronized StoppedException stopped() {
        return new StoppedException(part, done, all);
    }

    /**
     * A progress for work that does some of these steps: its steps count as steps of this part, and it stops when this part
     * does. What it calls its parts is not told.
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
