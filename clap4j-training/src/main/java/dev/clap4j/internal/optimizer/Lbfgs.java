package dev.clap4j.internal.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * L-BFGS (Liu and Nocedal 1989) for smooth convex functions of many variables: a quasi-Newton method that estimates the
 * curvature from the last steps.
 *
 * <p>On a convex function any step with sufficient decrease (Armijo's condition) gives a usable curvature estimate, so
 * the line search only backtracks, by quadratic interpolation.
 */
public final class Lbfgs {
    /** The number of steps remembered for the curvature. */
    private static final int MEMORY = 10;

    /** The constant of Armijo's condition. */
    private static final double DESCENT = 1e-4;

    /** The maximum number of backtracking steps; beyond it a step is lost in rounding. */
    private static final int SHORTENINGS = 40;

    private final Objective objective;
    private final Deque<Step> memory = new ArrayDeque<>();

    private Lbfgs(Objective objective) {
        this.objective = objective;
    }

    /** A function to minimise. */
    @FunctionalInterface
    public interface Objective {
        /**
         * Computes the value and the gradient.
         *
         * @param point the point
         * @param gradient receives the gradient, of the same length as {@code point}
         */
        double evaluate(double[] point, double[] gradient);
    }

    /**
     * The result of a minimisation.
     *
     * @param point the final point
     * @param values the function's value at the start and after every step, strictly decreasing
     * @param gradientLength the Euclidean norm of the gradient at the final point
     */
    public record Minimum(double[] point, List<Double> values, double gradientLength) {
        /** Copies the list. */
        public Minimum {
            values = List.copyOf(values);
        }
    }

    /** A step, the change of the gradient over it, and their dot product. */
    private record Step(double[] move, double[] change, double product) {}

    /** A point with its value and gradient. */
    private record Place(double[] point, double value, double[] gradient) {}

    /**
     * Minimises a function until its gradient is small enough, the steps run out, or rounding prevents further
     * progress.
     *
     * @param start the starting point; not modified
     * @param gradientLength the Euclidean norm of the gradient at which to stop
     * @param maxSteps the maximum number of steps
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

    /** Returns a point with sufficient decrease along a direction, or null if rounding hides any. */
    private Place next(Place at, double[] direction) {
        double slope = dot(at.gradient, direction);
        // Without a curvature estimate, try a step of length one.
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

    /**
     * Returns the search direction by the two-loop recursion: minus the inverse Hessian estimate times the gradient.
     */
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
