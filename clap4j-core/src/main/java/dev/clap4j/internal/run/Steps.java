package dev.clap4j.internal.run;

import dev.clap4j.Progress;
import dev.clap4j.StoppedException;

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
     * @throws StoppedException if the progress asks to stop
     */
    public static Steps begin(Progress progress, String part, long all, long done) {
        progress.begin(part, all, done);
        Steps steps = new Steps(progress, part, all, done);
        steps.checkStop();
        return steps;
    }

    /** Steps that nobody follows. */
    public static Steps untold() {
        return new Steps(Progress.NONE, "", 0, 0);
    }

    /**
     * So many more steps are done.
     *
     * @throws StoppedException if the progress asks to stop
     */
    public void advance(long count) {
        add(count);
        checkStop();
    }

    private synchronized void add(long count) {
        done += count;
        if (count > 0) {
            progress.advance(count);
        }
    }

    /** Passes the latest news on. */
    public synchronized void note(String text) {
        progress.note(text);
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
