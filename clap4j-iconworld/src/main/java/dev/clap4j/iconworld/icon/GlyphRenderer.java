package dev.clap4j.iconworld.icon;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.renderer.NullPlatformSupport;
import com.github.weisj.jsvg.view.ViewBox;
import dev.clap4j.ClapException;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Renders SVG on a square, without the margins that icon sets leave around their drawings. */
final class GlyphRenderer {
    /** The side in pixels of the trial rendering by which margins are measured. */
    private static final int TRIAL = 96;

    private GlyphRenderer() {}

    /**
     * Renders a drawing.
     *
     * @param name for the error
     * @param side side of the square in pixels
     * @throws ClapException if it is not SVG, or draws nothing
     */
    static Glyph render(IconLibrary.Drawing drawing, String name, int side) {
        SVGDocument document = new SVGLoader()
                .load(
                        new ByteArrayInputStream(drawing.svg().getBytes(StandardCharsets.UTF_8)),
                        null,
                        LoaderContext.createDefault());
        if (document == null) {
            throw new ClapException("The icon " + name + " is not an SVG that can be drawn");
        }
        Rectangle drawn = bounds(draw(document, TRIAL, new ViewBox(TRIAL, TRIAL)));
        if (drawn.isEmpty()) {
            throw new ClapException("The icon " + name + " draws nothing");
        }
        float scale = (float) side / Math.max(drawn.width, drawn.height);
        float left = side / 2f - scale * (float) drawn.getCenterX();
        float top = side / 2f - scale * (float) drawn.getCenterY();
        return new Glyph(side, draw(document, side, new ViewBox(left, top, scale * TRIAL, scale * TRIAL)));
    }

    private static int[] draw(SVGDocument document, int side, ViewBox place) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB_PRE);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            document.renderWithPlatform(NullPlatformSupport.INSTANCE, graphics, place);
        } finally {
            graphics.dispose();
        }
        return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }

    private static Rectangle bounds(int[] argb) {
        Rectangle bounds = new Rectangle(-1, -1);
        for (int i = 0; i < argb.length; i++) {
            if (argb[i] >>> 24 > 8) {
                bounds.add(new Rectangle(i % TRIAL, i / TRIAL, 1, 1));
            }
        }
        return bounds;
    }
}
