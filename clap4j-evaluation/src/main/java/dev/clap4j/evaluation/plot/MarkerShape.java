package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/** A marker that differs from the others in outline, not only in colour. All have about the same area. */
final class MarkerShape extends Marker {
    /** Ten shapes, the simplest first. */
    static final List<MarkerShape> ALL = List.of(
            filled(new Ellipse2D.Double(-0.5, -0.5, 1, 1)),
            filled(new Rectangle2D.Double(-0.45, -0.45, 0.9, 0.9)),
            filled(polygon(3, 0.66, 0.66, -90)),
            filled(polygon(4, 0.62, 0.62, 0)),
            filled(polygon(3, 0.66, 0.66, 90)),
            filled(cross(0)),
            filled(cross(45)),
            filled(polygon(10, 0.72, 0.32, -90)),
            hollow(new Ellipse2D.Double(-0.45, -0.45, 0.9, 0.9)),
            hollow(new Rectangle2D.Double(-0.42, -0.42, 0.84, 0.84)));

    private static final BasicStroke OUTLINE = new BasicStroke(0.8f);
    private static final BasicStroke RING = new BasicStroke(1.8f);

    private final Shape shape;
    private final boolean filled;

    private MarkerShape(Shape shape, boolean filled) {
        this.shape = shape;
        this.filled = filled;
    }

    private static MarkerShape filled(Shape shape) {
        return new MarkerShape(shape, true);
    }

    private static MarkerShape hollow(Shape shape) {
        return new MarkerShape(shape, false);
    }

    /** Returns a polygon whose corners alternate between two circles, for instance a star. */
    private static Shape polygon(int corners, double even, double odd, double degrees) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = Math.toRadians(degrees + 360.0 * i / corners);
            double radius = i % 2 == 0 ? even : odd;
            if (i == 0) {
                path.moveTo(radius * Math.cos(angle), radius * Math.sin(angle));
            } else {
                path.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
            }
        }
        path.closePath();
        return path;
    }

    private static Shape cross(double degrees) {
        double[][] corners = {
            {-0.2, -0.6}, {0.2, -0.6}, {0.2, -0.2}, {0.6, -0.2}, {0.6, 0.2}, {0.2, 0.2},
            {0.2, 0.6}, {-0.2, 0.6}, {-0.2, 0.2}, {-0.6, 0.2}, {-0.6, -0.2}, {-0.2, -0.2}
        };
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0][0], corners[0][1]);
        for (double[] corner : corners) {
            path.lineTo(corner[0], corner[1]);
        }
        path.closePath();
        return AffineTransform.getRotateInstance(Math.toRadians(degrees)).createTransformedShape(path);
    }

    /** Paints the marker in the current colour, with a darker edge that separates adjacent markers. */
    @Override
    public void paint(Graphics2D g, double x, double y, int size) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.scale(size, size);
        Shape placed = place.createTransformedShape(shape);
        if (filled) {
            Color colour = g.getColor();
            g.fill(placed);
            g.setColor(colour.darker());
            g.setStroke(OUTLINE);
            g.draw(placed);
            g.setColor(colour);
        } else {
            g.setStroke(RING);
            g.draw(placed);
        }
    }
}
