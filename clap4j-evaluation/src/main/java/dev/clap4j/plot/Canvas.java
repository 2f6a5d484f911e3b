package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.List;

/** The surface that figures are drawn on: pixels, a PDF page or an SVG document. Coordinates are figure pixels. */
interface Canvas {
    void fill(Shape shape, Color colour);

    void draw(Shape shape, Color colour, BasicStroke stroke);

    /** Draws a line of text as outlines. */
    default void text(GlyphVector line, AffineTransform place, Color colour) {
        fill(place.createTransformedShape(line.getOutline()), colour);
    }

    /** Draws a marker at each place. */
    default void stamp(MarkerShape marker, Color colour, double size, List<Point2D> places) {
        places.forEach(place -> marker.paint(this, colour, size, place));
    }

    /** Returns a canvas of pixels or of a PDF page. */
    static Canvas of(Graphics2D graphics) {
        return new Canvas() {
            @Override
            public void fill(Shape shape, Color colour) {
                graphics.setColor(colour);
                graphics.fill(shape);
            }

            @Override
            public void draw(Shape shape, Color colour, BasicStroke stroke) {
                graphics.setColor(colour);
                graphics.setStroke(stroke);
                graphics.draw(shape);
            }
        };
    }
}
