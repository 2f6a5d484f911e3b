package dev.clap4j.training;

import dev.clap4j.internal.run.StateFile;
import dev.clap4j.training.optimizer.EarlyStopping;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run knows between two intervals, besides the weights and the optimizer's moments: both are one file, so that
 * they cannot disagree.
 *
 * @param intervals intervals done
 * @param steps steps made
 * @param headStep the step at which the head was kept; 0 if none was
 * @param stopping losses so far
 */
record RunState(int intervals, int steps, int headStep, EarlyStopping stopping) {
    private static final String FORMAT = "clap4j.training-state";

    /** Before the first step. */
    static RunState start(Schedule schedule) {
        return new RunState(0, 0, 0, EarlyStopping.start(schedule.patience(), schedule.minImprovement()));
    }

    /** After one more interval with this mean loss. */
    RunState next(double meanLoss, int intervalSteps) {
        EarlyStopping checked = stopping.check(meanLoss);
        int made = steps + intervalSteps;
        return new RunState(intervals + 1, made, checked.improved() ? made : headStep, checked);
    }

    boolean isDone(Schedule schedule) {
        return stopping.shouldStop() || intervals >= schedule.intervals();
    }

    void save(Path file, HeadFit fit) {
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("intervals", intervals);
        numbers.put("steps", steps);
        numbers.put("head_step", headStep);
        numbers.put("best_loss", stopping.best());
        numbers.put("failures", stopping.failures());
        StateFile.write(file, FORMAT, numbers, fit.state());
    }

    /**
     * Reads what {@link #save} wrote, and puts the fit back to where it was.
     *
     * @param shapes of the fit's parameters
     * @throws dev.clap4j.ClapException if the file is damaged, or no run with this schedule could have written it
     */
    static RunState load(Path file, Schedule schedule, HeadFit fit, Map<String, long[]> shapes) {
        StateFile saved = StateFile.open(file, FORMAT, shapes);
        int intervals = saved.count("intervals", 1, schedule.intervals());
        int steps = Math.min(schedule.steps(), intervals * schedule.intervalSteps());
        saved.count("steps", steps, steps);
        int failures = saved.count("failures", 0, Math.min(intervals - 1, schedule.patience()));
        int headStep = Math.min(schedule.steps(), (intervals - failures) * schedule.intervalSteps());
        saved.count("head_step", headStep, headStep);
        double best = saved.number("best_loss");
        if (Double.isInfinite(best)) {
            throw saved.unfit("best_loss is " + best);
        }
        fit.restore(saved, steps);
        return new RunState(
                intervals,
                steps,
                headStep,
                new EarlyStopping(schedule.patience(), schedule.minImprovement(), best, failures));
    }
}
