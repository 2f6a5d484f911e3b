package dev.clap4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Remembers what it is told, and stops when its test wants. */
public final class ToldProgress implements Progress {
    private final Predicate<ToldProgress> stop;
    private final List<String> parts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> milestones = new ArrayList<>();
    private String part = "";
    private long steps;
    private long before;
    private long done;
    private long questions;
    private Duration left;

    private ToldProgress(Predicate<ToldProgress> stop) {
        this.stop = stop;
    }

    /** Never stops. */
    public static ToldProgress patient() {
        return new ToldProgress(told -> false);
    }

    /** Stops as soon as this is so. */
    public static ToldProgress stopping(Predicate<ToldProgress> when) {
        return new ToldProgress(when);
    }

    /** Stops when it is asked for the n-th time whether to. */
    public static ToldProgress stoppingAtQuestion(long number) {
        return new ToldProgress(told -> told.questions >= number);
    }

    @Override
    public synchronized void begin(String name, long all, long known) {
        parts.add(name);
        part = name;
        steps = all;
        before = known;
        done = known;
    }

    @Override
    public synchronized void advance(long count) {
        done += count;
    }

    @Override
    public synchronized void note(String text) {
        notes.add(text);
    }

    @Override
    public synchronized void milestone(String text) {
        milestones.add(text);
    }

    @Override
    public synchronized void timeLeft(Duration time) {
        left = time;
    }

    @Override
    public synchronized boolean stopRequested() {
        questions++;
        return stop.test(this);
    }

    /** The names of all parts, in order. */
    public List<String> parts() {
        return parts;
    }

    /** The name of the latest part. */
    public String part() {
        return part;
    }

    /** All steps of the latest part. */
    public long steps() {
        return steps;
    }

    /** Steps of the latest part that were done before. */
    public long before() {
        return before;
    }

    /** Steps of the latest part that are done. */
    public long done() {
        return done;
    }

    /** All notes, in order. */
    public List<String> notes() {
        return notes;
    }

    /** The latest note; empty before the first. */
    public String note() {
        return notes.isEmpty() ? "" : notes.get(notes.size() - 1);
    }

    /** All milestones, in order. */
    public List<String> milestones() {
        return milestones;
    }

    /** Returns the number of calls of {@link #stopRequested}. */
    public long questions() {
        return questions;
    }

    /** The latest estimate. */
    public Optional<Duration> left() {
        return Optional.ofNullable(left);
    }
}
