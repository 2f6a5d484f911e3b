package dev.clap4j.internal.attack;

/**
 * The projection of a point onto a hyperplane within the box of values between 0 and 1, in the L∞ norm (Croce and Hein
 * 2020, section 2.1). All values move by the same length towards the hyperplane, except those that reach a bound
 * earlier. If the hyperplane does not meet the box, they all go to their bounds, as near to it as possible.
 */
final class BoxProjection {
    private BoxProjection() {}

    /**
     * Returns the step to the projection.
     *
     * @param gap the value at the point of the function that is zero on the hyperplane
     * @param normal the gradient of that function
     * @param point values between 0 and 1
     */
    static float[] step(double gap, float[] normal, float[] point) {
        float[] room = new float[point.length];
        for (int i = 0; i < room.length; i++) {
            room[i] = normal[i] * gap > 0 ? point[i] : 1 - point[i];
        }
        double length = length(Math.abs(gap), normal, room);
        float[] step = new float[point.length];
        for (int i = 0; i < step.length; i++) {
            step[i] = (float) (-Math.signum(gap * normal[i]) * Math.min(length, room[i]));
        }
        return step;
    }

    /**
     * Returns the length of the step by which the gap is closed, infinite if it cannot be. The part that a length closes is
     * piecewise linear and concave, so Newton's method reaches it from below, past at least one bend at a time.
     */
    private static double length(double gap, float[] normal, float[] room) {
        double length = 0;
        while (true) {
            double closed = 0;
            double slope = 0;
            for (int i = 0; i < room.length; i++) {
                double weight = Math.abs(normal[i]);
                closed += weight * Math.min(length, room[i]);
                slope += room[i] > length ? weight : 0;
            }
            double next = slope == 0 && closed < gap ? Double.POSITIVE_INFINITY : length + (gap - closed) / slope;
            if (!(next > length)) {
                return length;
            }
            length = next;
        }
    }
}
