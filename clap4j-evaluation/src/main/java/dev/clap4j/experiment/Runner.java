package dev.clap4j.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.StoppedException;
import dev.clap4j.experiment.measurement.SupportFile;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.run.ResultLog;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the trials of an experiment in a run directory. Every finished cell is logged in {@code cells.jsonl} and not
 * computed again when the run resumes; interruptions do not change the result. At the end, {@code scores.jsonl} has all
 * scores, {@code images.jsonl} the values of single images, and {@code pictures.json} the captions of pictures.
 */
public final class Runner implements AutoCloseable {
    /** The file of all scores, one row a line. */
    public static final String SCORES = "scores.jsonl";

    /** The file of values of single images. */
    public static final String IMAGES = "images.jsonl";

    /** The file of captions of pictures. */
    public static final String PICTURES = "pictures.json";

    private static final String CELLS = "cells.jsonl";

    /** The parts of {@code run.json} that must match when a run is resumed. */
    private static final List<String> FIXED = List.of("options", "heads", "models", "data");

    private static final JsonMapper JSON = new JsonMapper();

    private final RunFolder folder;
    private final Progress progress;
    private final ResultLog<String, SavedCell> log;
    private Results results = Results.NONE;

    private Runner(RunFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
        this.log = ResultLog.open(folder.folder().resolve(CELLS), SavedCell.class, SavedCell::key, "finished cell");
    }

    /**
     * Opens a run directory.
     *
     * @param record the content of {@code run.json}, see {@link RunDescription}
     * @throws dev.clap4j.ClapException if the directory holds another run, none to resume, or one in progress
     */
    public static Runner open(Path folder, RunStart start, ObjectNode record, Progress progress) {
        RunFolder opened = RunFolder.open(folder, start, record, FIXED, old -> Stream.concat(
                        Stream.of(CELLS, SCORES, IMAGES, PICTURES).map(old::resolve),
                        start == RunStart.OVERWRITE ? SupportFile.all(old).stream() : Stream.empty())
                .toList());
        try {
            return new Runner(opened, progress);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Returns the run directory. */
    public Path folder() {
        return folder.folder();
    }

    /** Returns whether all cells of a trial are finished. */
    public boolean has(Trial trial) {
        try (Context context = new Context(trial.subject(), folder())) {
            return trial.measurement().cells(context).stream().allMatch(cell -> log.has(key(trial, cell)));
        }
    }

    /**
     * Computes the missing cells of a trial.
     *
     * @return its results
     * @throws StoppedException if the progress requests it; finished cells are kept
     */
    public Results run(Trial trial) {
        Measurement measurement = trial.measurement();
        try (Context context = new Context(trial.subject(), folder())) {
            List<Cell> cells = measurement.cells(context);
            List<Cell> missing =
                    cells.stream().filter(cell -> !log.has(key(trial, cell))).toList();
            Steps steps = Steps.begin(progress, part(trial), steps(cells), steps(cells) - steps(missing));
            if (measurement.isParallel()) {
                Map<Method, List<Cell>> byMethod = missing.stream()
                        .collect(Collectors.groupingBy(
                                cell -> trial.subject().method(cell.condition()),
                                LinkedHashMap::new,
                                Collectors.toList()));
                byMethod.values()
                        .forEach(alike -> steps.parallel(
                                alike, cell -> keep(trial, cell, measurement.run(cell, context, Steps.unreported()))));
            } else {
                missing.forEach(cell -> keep(trial, cell, counted(trial, cell, context, steps)));
            }
            Stream<SavedCell> saved = cells.stream().map(cell -> log.get(key(trial, cell)));
            Results all = trial.results(saved.map(SavedCell::results).toList(), context);
            results = results.and(all);
            return all;
        }
    }

    /** Runs a cell that advances the steps at most as far as it counts, and adds the rest. */
    private static Results counted(Trial trial, Cell cell, Context context, Steps steps) {
        long[] left = {cell.steps()};
        Progress inside = new Progress() {
            @Override
            public void advance(long count) {
                long counted = Math.min(left[0], count);
                left[0] -= counted;
                steps.add(counted);
            }

            @Override
            public boolean stopRequested() {
                return steps.inside().stopRequested();
            }
        };
        try {
            Results result = trial.measurement().run(cell, context, Steps.begin(inside, "", cell.steps()));
            steps.add(left[0]);
            return result;
        } catch (StoppedException e) {
            StoppedException stopped = steps.stopped();
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static long steps(List<Cell> cells) {
        return cells.stream().mapToLong(Cell::steps).sum();
    }

    private static String part(Trial trial) {
        StringBuilder part = new StringBuilder(trial.measurement().layout().title());
        trial.subject().condition().values().forEach((name, value) -> part.append(", " + name + " " + value));
        return part.toString();
    }

    private void keep(Trial trial, Cell cell, Results result) {
        log.add(SavedCell.of(key(trial, cell), result));
    }

    private static String key(Trial trial, Cell cell) {
        List<Map<String, String>> methods = trial.subject().methods().stream()
                .map(method -> method.condition().values())
                .toList();
        return text(List.of(
                trial.measurement().id(),
                trial.measurement().options(),
                trial.subject().condition().values(),
                cell.condition().has(Condition.METHOD) ? List.of() : methods,
                cell.condition().values()));
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }

    /**
     * Writes the results of all trials.
     *
     * @return all of them
     * @throws dev.clap4j.ClapException if a file cannot be written
     */
    public Results finish() {
        write(SCORES, lines(results.scores()));
        List<SavedCell.Images> images =
                results.images().stream().map(SavedCell.Images::of).toList();
        if (!images.isEmpty()) {
            write(IMAGES, lines(images));
        }
        if (!results.pictures().isEmpty()) {
            write(PICTURES, text(results.pictures()) + "\n");
        }
        return results;
    }

    private static String lines(List<?> rows) {
        return rows.stream().map(row -> text(row) + "\n").collect(Collectors.joining());
    }

    private void write(String name, String text) {
        AtomicFiles.writeString(folder().resolve(name), text);
    }

    @Override
    public void close() {
        folder.close();
    }
}
