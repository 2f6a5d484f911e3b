package dev.clap4j.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.util.List;

/** Straight lines that are drawn together. */
final class Lines {
    /** Half the length in pixels of the bar at the end of a whisker. */
    private static final double CAP = 3;

    private final Path2D path = new Path2D.Double();

    Path2D path() {
        return path;
    }

    void add(double x1, double y1, double x2, double y2) {
        path.append(new Line2D.Double(x1, y1, x2, y2), false);
    }

    /** Adds an upright or level line with a bar at each end. */
    void whisker(Point2D one, Point2D other) {
        double x = one.getX() == other.getX() ? CAP : 0;
        double y = CAP - x;
        path.append(new Line2D.Double(one, other), false);
        for (Point2D end : List.of(one, other)) {
            add(end.getX() - x, end.getY() - y, end.getX() + x, end.getY() + y);
        }
    }
}
