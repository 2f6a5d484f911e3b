package dev.clap4j.training;

import dev.clap4j.ClapException;
import dev.clap4j.io.SafetensorsFile;
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
        Map<String, String> text = new LinkedHashMap<>();
        text.put("format", "clap4j.training-state");
        text.put("intervals", String.valueOf(intervals));
        text.put("steps", String.valueOf(steps));
        text.put("head_step", String.valueOf(headStep));
        text.put("best_loss", String.valueOf(stopping.best()));
        text.put("failures", String.valueOf(stopping.failures()));
        SafetensorsFile.write(file, text, fit.state());
    }

    /** Reads what {@link #save} wrote, and puts the fit back to where it was. */
    static RunState load(Path file, Schedule schedule, HeadFit fit) {
        SafetensorsFile saved = SafetensorsFile.open(file);
        Map<String, String> text = saved.metadata();
        try {
            EarlyStopping stopping = new EarlyStopping(
                    schedule.patience(),
                    schedule.minImprovement(),
                    Double.parseDouble(text.getOrDefault("best_loss", "")),
                    Integer.parseInt(text.getOrDefault("failures", "")));
            RunState state = new RunState(
                    Integer.parseInt(text.getOrDefault("intervals", "")),
                    Integer.parseInt(text.getOrDefault("steps", "")),
                    Integer.parseInt(text.getOrDefault("head_step", "")),
                    stopping);
            fit.restore(saved, state.steps);
            return state;
        } catch (NumberFormatException e) {
            throw new ClapException(
                    file + " is no training state that can be resumed: its metadata is " + text
                            + "; start anew with --overwrite",
                    e);
        }
    }
}
