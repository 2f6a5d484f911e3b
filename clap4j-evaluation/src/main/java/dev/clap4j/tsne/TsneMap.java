package dev.clap4j.tsne;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;

/**
 * A map of points in the plane.
 *
 * @param places {@code [n, 2]}, x and y of each point, of mean zero; only distances mean something
 * @param divergence KL(P‖Q) in nats, how much of the neighbourhoods is lost; 0 for nothing
 */
public record TsneMap(FeatureMatrix places, double divergence) {
    static TsneMap of(List<String> ids, double[] map, Forces forces) {
        float[] places = new float[map.length];
        for (int k = 0; k < map.length; k++) {
            places[k] = (float) map[k];
        }
        return new TsneMap(new FeatureMatrix(ids, 2, places), forces.divergence(map));
    }

    /**
     * The same map, turned, and mirrored if need be, so that its points lie as near to another map's as they can: maps of
     * the same things are easier to compare then, and no distance changes.
     */
    public TsneMap turnedTowards(TsneMap other) {
        float[] own = places.values();
        float[] goal = other.places.values();
        if (own.length != goal.length) {
            throw new IllegalArgumentException(
                    "A map of " + places.rows() + " points cannot be turned towards one of " + other.places.rows());
        }
        // Sums of the products of coordinates: own x or y by the goal's x or y.
        double xx = 0;
        double xy = 0;
        double yx = 0;
        double yy = 0;
        for (int i = 0; i < own.length; i += 2) {
            xx += (double) own[i] * goal[i];
            xy += (double) own[i] * goal[i + 1];
            yx += (double) own[i + 1] * goal[i];
            yy += (double) own[i + 1] * goal[i + 1];
        }
        boolean mirror = Math.hypot(xx - yy, xy + yx) > Math.hypot(xx + yy, xy - yx);
        int sign = mirror ? -1 : 1;
        double angle = Math.atan2(xy - sign * yx, xx + sign * yy);
        float[] turned = new float[own.length];
        for (int i = 0; i < own.length; i += 2) {
            double y = sign * own[i + 1];
            turned[i] = (float) (Math.cos(angle) * own[i] - Math.sin(angle) * y);
            turned[i + 1] = (float) (Math.sin(angle) * own[i] + Math.cos(angle) * y);
        }
        return new TsneMap(new FeatureMatrix(places.ids(), 2, turned), divergence);
    }
}
