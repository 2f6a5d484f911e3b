package dev.clap4j.evaluation.plot;

import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.Names;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Drawings as SVG elements, for use in a page or as a separate file. */
final class SvgDocument {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private static final int DECIMALS = 2;

    private SvgDocument() {}

    /**
     * Returns a drawing.
     *
     * @param title read by screen readers, with the description
     * @param drawing draws the content
     */
    static String of(int width, int height, String title, String description, Consumer<Graphics2D> drawing) {
        String own = Digests.of(title + "\n" + description);
        SVGGraphics2D g = new SVGGraphics2D(context(own), false);
        g.setSVGCanvasSize(new Dimension(width, height));
        drawing.accept(g);
        Element root = g.getRoot();
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        Element described = child(root, "desc", description);
        root.insertBefore(described, root.getFirstChild());
        root.insertBefore(child(root, "title", title), described);
        StringWriter text = new StringWriter();
        try {
            g.stream(root, text, true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String all = text.toString().replace("\"genericDefs\"", "\"defs" + own + "\"");
        return all.substring(all.indexOf("<svg"));
    }

    /**
     * Creates a context that formats numbers and ids.
     *
     * @param own distinguishes the ids of this drawing from those of others in the same page
     */
    private static SVGGeneratorContext context(String own) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(empty());
        context.setPrecision(DECIMALS);
        context.setIDGenerator(new SVGIDGenerator() {
            private int count;

            @Override
            public String generateID(String prefix) {
                return prefix + own + "-" + ++count;
            }
        });
        return context;
    }

    private static Element child(Element root, String name, String text) {
        Element element = root.getOwnerDocument().createElementNS(NAMESPACE, name);
        // Some control characters are not allowed in XML.
        element.setTextContent(Names.printable(text));
        return element;
    }

    private static Document empty() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java writes XML", e);
        }
    }
}
