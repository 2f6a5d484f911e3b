package dev.clap4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Notes the bounds of texts and of everything else. */
record NotingCanvas(List<Rectangle2D> texts, List<Rectangle2D> shapes) implements Canvas {
    @Override
    public void fill(Shape shape, Color colour) {
        shapes.add(shape.getBounds2D());
    }

    @Override
    public void draw(Shape shape, Color colour, BasicStroke stroke) {
        shapes.add(shape.getBounds2D());
    }

    @Override
    public void text(GlyphVector line, AffineTransform place, Color colour) {
        texts.add(place.createTransformedShape(line.getOutline()).getBounds2D());
    }
}
