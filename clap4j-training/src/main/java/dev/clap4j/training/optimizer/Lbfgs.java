package dev.clap4j.training.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * L-BFGS (Liu and Nocedal 1989) for smooth convex functions of many variables: Newton's method, with a curvature that is
 * guessed from the last steps.
 *
 * <p>On a convex function any step that gets lower enough (Armijo's condition) leaves a usable curvature behind, so steps
 * are only ever shortened, by a parabola through what is known.
 */
public final class Lbfgs {
    /** Steps whose curvature is remembered. */
    private static final int MEMORY = 10;

    /** The share of the promised descent that a step must keep. */
    private static final double DESCENT = 1e-4;

    /** Beyond so many shortenings a step is lost in the last bits of the numbers. */
    private static final int SHORTENINGS = 40;

    private final Objective objective;
    private final Deque<Step> memory = new ArrayDeque<>();

    private Lbfgs(Objective objective) {
        this.objective = objective;
    }

    /** A function to be minimised. */
    @FunctionalInterface
    public interface Objective {
        /**
         * The value and the gradient.
         *
         * @param point where
         * @param gradient receives the gradient, as many numbers as {@code point} has
         */
        double evaluate(double[] point, double[] gradient);
    }

    /**
     * Where a search ended.
     *
     * @param point the place
     * @param values of the function at the start and after every step, each lower than the one before
     * @param gradientLength the gradient's Euclidean length at the place
     */
    public record Minimum(double[] point, List<Double> values, double gradientLength) {
        /** Makes the list unmodifiable. */
        public Minimum {
            values = List.copyOf(values);
        }
    }

    /** From one place to the next, and by how much the gradient changed. */
    private record Step(double[] move, double[] change, double product) {}

    /** A place with its value and gradient. */
    private record Place(double[] point, double value, double[] gradient) {}

    /**
     * Searches until the gradient is short enough, steps run out, or the numbers are too coarse to get any lower.
     *
     * @param start where to begin; not changed
     * @param gradientLength the Euclidean length of the gradient that is short enough
     * @param maxSteps at most so many
     */
    public static Minimum minimise(Objective objective, double[] start, double gradientLength, int maxSteps) {
        return new Lbfgs(objective).minimise(start, gradientLength, maxSteps);
    }

    private Minimum minimise(double[] start, double enough, int maxSteps) {
        Place at = place(start.clone());
        List<Double> values = new ArrayList<>(List.of(at.value));
        while (values.size() <= maxSteps && length(at.gradient) > enough) {
            Place next = next(at, direction(at.gradient));
            if (next == null) {
                break;
            }
            remember(at, next);
            at = next;
            values.add(at.value);
        }
        return new Minimum(at.point, values, length(at.gradient));
    }

    private Place place(double[] point) {
        double[] gradient = new double[point.length];
        return new Place(point, objective.evaluate(point, gradient), gradient);
    }

    /** A lower place in that direction; null if there is none that the numbers can tell. */
    private Place next(Place at, double[] direction) {
        double slope = dot(at.gradient, direction);
        // Without any curvature known, a step of length one.
        double step = memory.isEmpty() ? 1 / length(direction) : 1;
        for (int i = 0; i < SHORTENINGS; i++) {
            Place candidate = place(moved(at.point, direction, step));
            if (candidate.value < at.value && candidate.value <= at.value + DESCENT * step * slope) {
                return candidate;
            }
            double lowest = -slope * step * step / (2 * (candidate.value - at.value - slope * step));
            step = Double.isFinite(lowest) ? Math.min(Math.max(lowest, 0.1 * step), 0.5 * step) : 0.1 * step;
        }
        return null;
    }

    /** The two loops: minus the inverse curvature times the gradient. */
    private double[] direction(double[] gradient) {
        double[] direction = gradient.clone();
        double[] shares = new double[memory.size()];
        int i = memory.size();
        for (Iterator<Step> back = memory.descendingIterator(); back.hasNext(); ) {
            Step step = back.next();
            shares[--i] = dot(step.move, direction) / step.product;
            add(direction, step.change, -shares[i]);
        }
        double scale =
                memory.isEmpty() ? 1 : memory.getLast().product / dot(memory.getLast().change, memory.getLast().change);
        scale(direction, -scale);
        for (Step step : memory) {
            add(direction, step.move, -shares[i++] - dot(step.change, direction) / step.product);
        }
        return direction;
    }

    private void remember(Place from, Place to) {
        double[] move = difference(to.point, from.point);
        double[] change = difference(to.gradient, from.gradient);
        double product = dot(move, change);
        // Rounding may hide the curvature of a very short step.
        if (product > 1e-12 * length(move) * length(change)) {
            memory.addLast(new Step(move, change, product));
            if (memory.size() > MEMORY) {
                memory.removeFirst();
            }
        }
    }

    private static double[] moved(double[] point, double[] direction, double step) {
        double[] moved = point.clone();
        add(moved, direction, step);
        return moved;
    }

    private static double[] difference(double[] left, double[] right) {
        double[] difference = left.clone();
        add(difference, right, -1);
        return difference;
    }

    private static void add(double[] to, double[] values, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * values[i];
        }
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    private static double length(double[] values) {
        return Math.sqrt(dot(values, values));
    }
}
