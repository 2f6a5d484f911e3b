package dev.clap4j.internal.training;

import dev.clap4j.internal.optimizer.EarlyStopping;
import dev.clap4j.internal.run.StateFile;
import dev.clap4j.training.Schedule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a run between two intervals. It is saved in one file with the weights and the optimizer's moments, so
 * that they are always consistent.
 *
 * @param intervals the number of intervals done
 * @param steps the number of steps done
 * @param headStep the step at which the head was saved; 0 if none was
 * @param stopping the state of early stopping
 */
record RunState(int intervals, int steps, int headStep, EarlyStopping stopping) {
    private static final String FORMAT = "clap4j.training-state";

    /** Returns the state before the first step. */
    static RunState start(Schedule schedule) {
        return new RunState(0, 0, 0, EarlyStopping.start(schedule.patience(), schedule.minImprovement()));
    }

    /** Returns the state after another interval with the given mean loss. */
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
     * Reads a state written by {@link #save} and restores the fit.
     *
     * @param shapes the shapes of the fit's parameters
     * @throws dev.clap4j.ClapException if the file is damaged, or does not match the schedule
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
