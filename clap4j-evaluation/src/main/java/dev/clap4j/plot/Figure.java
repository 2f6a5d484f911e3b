package dev.clap4j.plot;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.util.Matrix;

/**
 * One or several plots side by side under one title and one legend.
 *
 * <p>Equal names share a style in all panels. Colours are distinguishable with colour blindness, and are accompanied by
 * shapes, dashes and hatches, so that a print in grey is readable. A figure is legible at half its size.
 *
 * @param title the title
 * @param subtitle the method or a reading hint; may be empty
 * @param panels at least one
 * @param columns the number of panels side by side; further ones follow below
 */
public record Figure(String title, String subtitle, List<Panel> panels, int columns) {
    /** The number of PNG pixels per figure pixel. */
    private static final int SCALE = 2;

    /** The size of a figure pixel in points: 96 pixels are an inch. */
    private static final float POINTS = 0.75f;

    /**
     * Makes the list unmodifiable.
     *
     * @throws IllegalArgumentException if there are no panels or columns
     */
    public Figure {
        panels = List.copyOf(panels);
        if (panels.isEmpty() || columns < 1) {
            throw new IllegalArgumentException("A figure of " + panels.size() + " panels in " + columns + " columns");
        }
    }

    /** Returns a figure with all panels side by side. */
    public static Figure of(String title, String subtitle, List<? extends Panel> panels) {
        return new Figure(title, subtitle, List.copyOf(panels), Math.max(1, panels.size()));
    }

    /** Returns the width in figure pixels; a PNG has two pixels for each. */
    public int width() {
        return new FigureLayout(this).width();
    }

    /** Returns the figure as a PNG file. */
    public byte[] png() {
        FigureLayout layout = new FigureLayout(this);
        BufferedImage image =
                new BufferedImage(layout.width() * SCALE, layout.height() * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(SCALE, SCALE);
        layout.draw(Canvas.of(g));
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Returns the figure as a scalable SVG document, which may be embedded in a page. */
    public String svg() {
        FigureLayout layout = new FigureLayout(this);
        return SvgCanvas.of(layout.width(), layout.height(), title, subtitle, layout::draw);
    }

    /** Returns the figure as a PDF file of one page, for print. */
    public byte[] pdf() {
        FigureLayout layout = new FigureLayout(this);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            // Equal figures have equal bytes; the id would be the time of day.
            document.setDocumentId(0L);
            document.getDocumentInformation().setTitle(title);
            PDPage page = new PDPage(new PDRectangle(layout.width() * POINTS, layout.height() * POINTS));
            document.addPage(page);
            PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, layout.width(), layout.height());
            layout.draw(Canvas.of(graphics));
            graphics.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.transform(Matrix.getScaleInstance(POINTS, POINTS));
                content.drawForm(graphics.getXFormObject());
            }
            document.save(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Writes the figure as {@code <name>.png}, {@code <name>.svg} and {@code <name>.pdf}.
     *
     * @throws ClapException if one cannot be written
     */
    public void write(Path folder, String name) {
        AtomicFiles.writeBytes(folder.resolve(name + ".png"), png());
        AtomicFiles.writeString(folder.resolve(name + ".svg"), svg());
        AtomicFiles.writeBytes(folder.resolve(name + ".pdf"), pdf());
    }
}
