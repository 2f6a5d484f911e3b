package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A marker that differs from the others in outline, not only in colour. All have about the same area.
 *
 * @param shape its outline at size 1, around the origin
 * @param filled false for an outline alone
 */
record MarkerShape(Shape shape, boolean filled) {
    /** Ten shapes, the simplest first. */
    static final List<MarkerShape> ALL = List.of(
            new MarkerShape(new Ellipse2D.Double(-0.5, -0.5, 1, 1), true),
            new MarkerShape(new Rectangle2D.Double(-0.45, -0.45, 0.9, 0.9), true),
            new MarkerShape(polygon(3, 0.66, 0.66, -90), true),
            new MarkerShape(polygon(4, 0.62, 0.62, 0), true),
            new MarkerShape(polygon(3, 0.66, 0.66, 90), true),
            new MarkerShape(cross(0), true),
            new MarkerShape(cross(45), true),
            new MarkerShape(polygon(10, 0.72, 0.32, -90), true),
            new MarkerShape(new Ellipse2D.Double(-0.45, -0.45, 0.9, 0.9), false),
            new MarkerShape(new Rectangle2D.Double(-0.42, -0.42, 0.84, 0.84), false));

    private static final BasicStroke OUTLINE = PlotTheme.stroke(0.8f);
    private static final BasicStroke RING = PlotTheme.stroke(1.8f);

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
        Area cross = new Area(new Rectangle2D.Double(-0.2, -0.6, 0.4, 1.2));
        cross.add(new Area(new Rectangle2D.Double(-0.6, -0.2, 1.2, 0.4)));
        return cross.createTransformedArea(AffineTransform.getRotateInstance(Math.toRadians(degrees)));
    }

    /** Paints the marker with a darker edge that separates it from adjacent ones. */
    void paint(Canvas canvas, Color colour, double size, Point2D place) {
        AffineTransform at = AffineTransform.getTranslateInstance(place.getX(), place.getY());
        at.scale(size, size);
        Shape placed = at.createTransformedShape(shape);
        if (filled) {
            canvas.fill(placed, colour);
        }
        canvas.draw(placed, filled ? colour.darker() : colour, filled ? OUTLINE : RING);
    }
}
