package dev.clap4j.plot;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.Names;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A canvas that writes SVG. Letters and markers are defined once and referred to, which keeps files small. */
final class SvgCanvas implements Canvas {
    private static final String COMMANDS = "MLQCZ";
    private static final int[] COORDINATES = {2, 2, 4, 6, 0};

    /** Stands for the prefix of ids until the content is known. */
    private static final String PREFIX = "~";

    private final int decimals;
    private final StringBuilder body = new StringBuilder();

    /** Definitions without their ids, and the ids. */
    private final Map<String, String> symbols = new LinkedHashMap<>();

    private SvgCanvas(int decimals) {
        this.decimals = decimals;
    }

    /**
     * Returns a drawing as an SVG element, for use in a page or as a separate file. Its ids differ from those of other
     * drawings.
     *
     * @param title read by screen readers, with the description
     */
    static String of(int width, int height, String title, String description, Consumer<Canvas> drawing) {
        SvgCanvas canvas = new SvgCanvas(1);
        drawing.accept(canvas);
        String definitions = canvas.symbols.entrySet().stream()
                .map(symbol -> symbol.getKey().replaceFirst(" ", " id=\"" + symbol.getValue() + "\" "))
                .collect(Collectors.joining("", "<defs>\n", "</defs>\n"));
        String drawn = definitions + canvas.body;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %1$s %2$s" role="img" \
                fill="%s" stroke-linejoin="round">
                <title>%s</title>
                <desc>%s</desc>
                %s</svg>
                """.formatted(
                        Integer.toString(width),
                        Integer.toString(height),
                        hex(PlotTheme.INK),
                        escaped(title),
                        escaped(description),
                        drawn.replace(PREFIX, "f" + Digests.of(drawn).substring(0, 6)));
    }

    @Override
    public void fill(Shape shape, Color colour) {
        body.append(path(decimals, shape, fill(colour)));
    }

    @Override
    public void draw(Shape shape, Color colour, BasicStroke stroke) {
        float[] dashes = stroke.getDashArray();
        String dashed = dashes == null
                ? ""
                : " stroke-dasharray=\"%s\"".formatted(Arrays.toString(dashes).replaceAll("[\\[\\]]", ""));
        String attributes = " fill=\"none\" stroke=\"%s\" stroke-width=\"%s\"%s"
                .formatted(hex(colour), numbers(1, stroke.getLineWidth()), dashed);
        body.append(path(decimals, shape, attributes));
    }

    @Override
    public void text(GlyphVector line, AffineTransform place, Color colour) {
        double[] matrix = new double[6];
        place.getMatrix(matrix);
        body.append("<g transform=\"matrix(%s)\"%s>".formatted(numbers(3, matrix), fill(colour)));
        for (int i = 0; i < line.getNumGlyphs(); i++) {
            Point2D start = line.getGlyphPosition(i);
            String glyph = path(0, line.getGlyphOutline(i, (float) -start.getX(), (float) -start.getY()), "");
            if (!glyph.isEmpty()) {
                body.append("<use href=\"#%s\" x=\"%s\"/>".formatted(define(glyph), numbers(0, start.getX())));
            }
        }
        body.append("</g>\n");
    }

    /** Draws an invisible line with markers, which takes less room than any other way to repeat a shape. */
    @Override
    public void stamp(MarkerShape marker, Color colour, double size, List<Point2D> places) {
        if (places.isEmpty()) {
            return;
        }
        SvgCanvas shape = new SvgCanvas(2);
        marker.paint(shape, colour, size, new Point2D.Double());
        String id = define("<marker overflow=\"visible\" markerUnits=\"userSpaceOnUse\">" + shape.body + "</marker>\n");
        Path2D line = new Path2D.Double();
        line.moveTo(places.get(0).getX(), places.get(0).getY());
        places.forEach(place -> line.lineTo(place.getX(), place.getY()));
        String attributes = " fill=\"none\" marker-mid=\"url(#%s)\" marker-end=\"url(#%<s)\"".formatted(id);
        body.append(path(decimals, line, attributes));
    }

    private String define(String symbol) {
        return symbols.computeIfAbsent(symbol, s -> PREFIX + Integer.toString(symbols.size(), 36));
    }

    /** Returns an element, or nothing for an empty path. */
    private static String path(int decimals, Shape shape, String attributes) {
        StringBuilder path = new StringBuilder();
        double[] at = new double[6];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int segment = i.currentSegment(at);
            path.append(COMMANDS.charAt(segment)).append(numbers(decimals, Arrays.copyOf(at, COORDINATES[segment])));
        }
        return path.isEmpty() ? "" : "<path d=\"%s\"%s/>\n".formatted(path, attributes);
    }

    private static String fill(Color colour) {
        return colour.equals(PlotTheme.INK) ? "" : " fill=\"" + hex(colour) + '"';
    }

    private static String numbers(int decimals, double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> BigDecimal.valueOf(value)
                        .setScale(decimals, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString())
                .collect(Collectors.joining(" "));
    }

    private static String hex(Color colour) {
        return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);
    }

    /** Escapes a text for XML, in which some control characters are not allowed. */
    private static String escaped(String text) {
        return Names.printable(text).replace("&", "&amp;").replace("<", "&lt;");
    }
}
