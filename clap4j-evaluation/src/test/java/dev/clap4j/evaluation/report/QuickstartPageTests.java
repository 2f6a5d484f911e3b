package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.evaluation.quickstart.QuickstartReport;
import dev.clap4j.evaluation.quickstart.Sample;
import dev.clap4j.evaluation.quickstart.SampleReports;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class QuickstartPageTests {
    @TempDir
    private Path folder;

    private Path picture(String name, int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillOval(size / 4, size / 4, size / 2, size / 2);
        graphics.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private QuickstartReport report(double gain) throws IOException {
        String small = picture("small.png", 64).toString();
        return SampleReports.of(
                gain,
                List.of(
                        new Sample(small, "fluent-emoji", "dog", "dog", "cat"),
                        new Sample(small, "fluent-emoji", "cat & mouse", "<b>dog</b>", "cat & mouse"),
                        new Sample(picture("large.png", 400).toString(), "fxemoji", "dog", "cat", "cat")));
    }

    /** The page keeps to what is both HTML and XML, so that a tag left open is found. */
    private static Document parse(String html) throws Exception {
        String xml = html.replaceFirst("<!DOCTYPE html>\n", "");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void aPageThatHoldsEverythingItNeeds() throws Exception {
        QuickstartPage.write(folder.resolve("report.html"), report(13), "clap quickstart --heads 2");

        String html = Files.readString(folder.resolve("report.html"));
        Document page = parse(html);
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
        assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http", "<script", "@import");
        assertThat(elements(page, "img")).allSatisfy(image -> {
            assertThat(image.getAttribute("src")).startsWith("data:image/png;base64,");
            assertThat(image.getAttribute("alt")).isNotBlank();
        });
        assertThat(elements(page, "link")).isEmpty();
        assertThat(elements(page, "table")).hasSize(3);
        assertThat(elements(page, "svg")).hasSize(1);
        assertThat(elements(page, "code").get(0).getTextContent()).isEqualTo("clap quickstart --heads 2");
    }

    @Test
    void textIsEscaped() throws Exception {
        String html = QuickstartPage.html(report(13), "clap quickstart --out 'a & b'");

        assertThat(html)
                .contains("mini &lt;CLIP&gt;", "&lt;b&gt;dog&lt;/b&gt;", "cat &amp; mouse", "&#39;a &amp; b&#39;")
                .doesNotContain("<b>dog</b></span>", "mini <CLIP>", "cat & mouse");
        assertThat(Html.escape("\"a\" < 'b' & c > d")).isEqualTo("&quot;a&quot; &lt; &#39;b&#39; &amp; c &gt; d");
    }

    @Test
    void answersAreMarkedBySignsToo() throws Exception {
        List<String> answers = elements(parse(QuickstartPage.html(report(13), "")), "li").stream()
                .map(Element::getTextContent)
                .map(String::strip)
                .toList();

        assertThat(answers)
                .containsExactly(
                        "dog✓ CLIP: dog✗ CLAP: cat",
                        "cat & mouse✗ CLIP: <b>dog</b>✓ CLAP: cat & mouse",
                        "dog✗ CLIP: cat✗ CLAP: cat");
    }

    @Test
    void theTableTellsBetterFromWorse() throws Exception {
        List<String> rows = rows(QuickstartPage.html(report(13), ""));
        assertThat(rows.get(1))
                .isEqualTo("1-shot probe, unseen domains, all images|32.00|45.00 ± 0.35|+13.00 (+11.50 … +14.50)|✓"
                        + " better");
        assertThat(rows.get(7))
                .isEqualTo("image variance explained by image type, % (less is better)|24.00|11.00 ± 0.35|-13.00|two"
                        + " heads: no interval");
        assertThat(rows.get(8))
                .isEqualTo("zero-shot, mean of C, PC, CP, unseen domains|54.40|55.70 ± 0.35|+1.30 (+0.90 … +1.70)"
                        + "|✓ better");
        assertThat(rows.get(10)).endsWith("|0.00|= same");

        assertThat(rows(QuickstartPage.html(report(-2), "")).get(1)).endsWith("|-2.00 (-3.50 … -0.50)|✗ worse");
        assertThat(rows(QuickstartPage.html(report(0.5), "")).get(1)).endsWith("|+0.50 (-1.00 … +2.00)|≈ within noise");
    }

    /** On a phone a row is a card, whose figures say what they are; the caption stands outside the table, and wraps. */
    @Test
    void tablesFitNarrowPages() throws Exception {
        String html = QuickstartPage.html(report(13), "");

        Document page = parse(html);
        for (Element table : elements(page, "table")) {
            List<String> titles = texts(table, "th").stream()
                    .limit(table.getElementsByTagName("thead")
                            .item(0)
                            .getFirstChild()
                            .getChildNodes()
                            .getLength())
                    .toList();
            NodeList cells = table.getElementsByTagName("td");
            for (int i = 0; i < cells.getLength(); i++) {
                String of = ((Element) cells.item(i)).getAttribute("data-of");
                assertThat(of).isEqualTo(titles.get(1 + i % (titles.size() - 1)));
            }
            assertThat(table.getElementsByTagName("caption").getLength()).isZero();
            assertThat(table.getParentNode().getFirstChild().getNodeName()).isEqualTo("figcaption");
        }
        assertThat(html).contains("@media screen and (max-width: 40rem)", "@media print");
    }

    private static List<String> texts(Element in, String tag) {
        NodeList nodes = in.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }

    private static List<String> rows(String html) throws Exception {
        Element table = elements(parse(html), "table").get(0);
        List<String> rows = new ArrayList<>();
        NodeList lines = table.getElementsByTagName("tr");
        for (int i = 0; i < lines.getLength(); i++) {
            NodeList cells = lines.item(i).getChildNodes();
            rows.add(String.join(
                    "|",
                    IntStream.range(0, cells.getLength())
                            .mapToObj(c -> cells.item(c).getTextContent().replace('\u00a0', ' '))
                            .toList()));
        }
        return rows;
    }

    @Test
    void barsAreAsLongAsTheirNumbers() {
        BarChart chart = new BarChart("A", "B");
        chart.add("one", 25, 50, 0.5);

        List<MatchResult> bars = Pattern.compile("x=\"0\" y=\"\\d+\" width=\"([\\d.]+)\"")
                .matcher(chart.svg("bars"))
                .results()
                .toList();

        assertThat(bars).extracting(bar -> bar.group(1)).containsExactly("87.5", "175.0");
        assertThat(chart.svg("bars")).contains(">25.0</text>", ">50.0 ± 0.5</text>");
    }

    @Test
    void largePicturesAreMadeSmallerAndSmallOnesKept() throws IOException {
        assertThat(shown(picture("small.png", 64)).getWidth()).isEqualTo(64);
        assertThat(shown(picture("large.png", 400)).getWidth()).isEqualTo(160);
        assertThat(shown(picture("clear.png", 20)).getRGB(0, 0)).isEqualTo(Color.WHITE.getRGB());
    }

    private static BufferedImage shown(Path file) throws IOException {
        String uri = Picture.dataUri(file);
        byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    @Test
    void picturesThatAreNone() throws IOException {
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        assertThatThrownBy(() -> Picture.dataUri(text))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Cannot decode " + text + ": it should be a JPEG")
                .hasMessageEndingWith("but it is a text file");
        assertThatThrownBy(() -> Picture.dataUri(folder.resolve("none.png"))).isInstanceOf(ClapException.class);
    }
}
