package dev.clap4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.clap4j.feature.FeatureMatrix;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

class FigureTests {
    private static final int BLUE = 0xFF0072B2;
    private static final int ORANGE = 0xFFE69F00;
    private static final int GREEN = 0xFF009E73;

    @TempDir
    private Path folder;

    static Stream<Figure> figures() {
        return Stream.of(
                SampleFigures.maps(7, 40),
                SampleFigures.bars(),
                SampleFigures.robustness(),
                SampleFigures.shots(),
                SampleFigures.ablations(),
                SampleFigures.longNames(),
                SampleFigures.gaps());
    }

    private static BufferedImage image(Figure figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(figure.png()));
    }

    private static Element svg(Figure figure) throws Exception {
        byte[] text = figure.svg().getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text))
                .getDocumentElement();
    }

    /** Several pictures stand in one page, where a name is the first one's that has it. */
    @Test
    void picturesShareNoNames() {
        List<String> names = figures()
                .flatMap(figure -> matches("\\bid=\"([^\"]*)\"", figure.svg()).stream())
                .toList();

        assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    private static Set<Integer> colours(BufferedImage image, int fromY, int toY) {
        Set<Integer> colours = new HashSet<>();
        for (int y = fromY; y < toY; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    @ParameterizedTest
    @MethodSource("figures")
    void allFormatsHaveOneShapeAndNeedNoFont(Figure figure) throws Exception {
        BufferedImage image = image(figure);
        Element svg = svg(figure);

        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 " + image.getWidth() / 2 + " " + image.getHeight() / 2);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(figure.title());
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo(figure.subtitle());
        assertThat(image.getRGB(1, 1)).isEqualTo(0xFFFFFFFF);
        assertThat(svg.getElementsByTagName("text").getLength()).isZero();
        try (PDDocument pdf = Loader.loadPDF(figure.pdf())) {
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo(figure.title());
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            BufferedImage page = new PDFRenderer(pdf).renderImageWithDPI(0, 192);
            assertThat(page.getWidth()).isEqualTo(image.getWidth());
            assertThat(page.getHeight()).isEqualTo(image.getHeight());
            assertThat(difference(page, image)).isLessThan(3);
        }
    }

    /** Returns the mean difference of grey levels, from 0 to 255. */
    private static double difference(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                sum += Math.abs((one.getRGB(x, y) >> 8 & 0xFF) - (other.getRGB(x, y) >> 8 & 0xFF));
            }
        }
        return sum / (double) (one.getWidth() * one.getHeight());
    }

    @Test
    void equalFiguresHaveEqualBytes() throws Exception {
        byte[] pdf = SampleFigures.shots().pdf();
        Thread.sleep(2);

        assertThat(SampleFigures.shots().pdf()).isEqualTo(pdf);
        assertThat(SampleFigures.shots().svg()).isEqualTo(SampleFigures.shots().svg());
    }

    /** Pages embed many. */
    @Test
    void vectorsAreSmall() {
        assertThat(SampleFigures.maps(7, 264).svg()).hasSizeLessThan(120_000);
        assertThat(SampleFigures.bars().svg()).hasSizeLessThan(120_000);
        assertThat(SampleFigures.shots().svg()).hasSizeLessThan(40_000);
    }

    @ParameterizedTest
    @MethodSource("figures")
    void everyReferenceHasItsDefinition(Figure figure) {
        String svg = figure.svg();
        List<String> defined = matches("id=\"([^\"]*)\"", svg);

        assertThat(matches("#(f[^\")]{6,})[\")]", svg)).hasSizeGreaterThan(30).allMatch(defined::contains);
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The legend never covers data, however long its names. */
    @ParameterizedTest
    @MethodSource("figures")
    void noTextCoversAnotherOrLeavesThePage(Figure figure) {
        NotingCanvas bounds = new NotingCanvas(new ArrayList<>(), new ArrayList<>());
        FigureLayout layout = new FigureLayout(figure);
        layout.draw(bounds);

        Rectangle2D page = new Rectangle2D.Double(0, 0, layout.width(), layout.height());
        assertThat(bounds.texts()).hasSizeGreaterThan(10).allMatch(text -> text.isEmpty() || page.contains(text));
        assertThat(bounds.shapes()).allMatch(shape -> page.createUnion(shape).equals(page));
        for (Rectangle2D text : bounds.texts()) {
            assertThat(bounds.texts()).filteredOn(text::intersects).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void methodsKeepTheirColoursAndAreInTheLegend() throws Exception {
        for (Figure figure : List.of(SampleFigures.bars(), SampleFigures.robustness(), SampleFigures.shots())) {
            BufferedImage image = image(figure);
            // Title and subtitle end 70 pixels below the margin, where the legend begins; the plots are below it.
            assertThat(colours(image, 140, 220)).contains(BLUE, ORANGE, GREEN);
            assertThat(colours(image, 220, image.getHeight())).contains(BLUE, ORANGE, GREEN);
        }
    }

    /** Names come from files; a control character would make the picture one that no browser shows. */
    @Test
    void controlCharactersAreShown() throws Exception {
        Figure figure = Figure.of("a\u0001b", "\u001b[2J", SampleFigures.shots().panels());

        assertThat(svg(figure).getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("a\\u0001b");
    }

    @Test
    void aMissingBarIsLeftOut() throws Exception {
        int bars = count(image(SampleFigures.robustness()), GREEN);
        BarPanel panel = (BarPanel) SampleFigures.robustness().panels().get(0);
        Series whole = SampleFigures.bars("Im.Aug", List.of(94.2, 30.0, 4.6, 2.0));
        BarPanel full = new BarPanel(
                "",
                panel.axis(),
                panel.groups(),
                List.of(panel.bars().get(0), whole, panel.bars().get(2)));

        assertThat(count(
                        image(Figure.of(
                                "Robustness to adversarial images", "Made-up numbers, ε = 8/255.", List.of(full))),
                        GREEN))
                .isGreaterThan(bars * 11 / 10);
    }

    private static int count(BufferedImage image, int colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void tooManyNamesHaveNoLegend() {
        FigureLayout many = new FigureLayout(SampleFigures.maps(81, 2));
        FigureLayout few = new FigureLayout(SampleFigures.maps(80, 2));

        assertThat(many.height()).isLessThan(few.height());
        assertThat(many.width()).isEqualTo(few.width());
    }

    /** A class without a picture keeps its place in the legend; a line may have no value at all. */
    @Test
    void nothingIsDrawnOfNothing() throws Exception {
        FeatureMatrix one = new FeatureMatrix(List.of(""), 2, new float[] {3, 4});
        Figure map = Figure.of("map", "", List.of(new ScatterPanel("", one, new int[] {1}, List.of("a", "b"), "")));
        Series empty = SampleFigures.line("a", List.of(1.0), List.of(Double.NaN));
        Figure lines = Figure.of("", "", List.of(new LinePanel("", Axis.of("x"), Axis.of("y"), List.of(empty))));
        Figure bars = Figure.of(
                "",
                "",
                List.of(new BarPanel(
                        "", Axis.of("y"), List.of("g"), List.of(SampleFigures.bars("a", List.of(Double.NaN))))));

        for (Figure figure : List.of(map, lines, bars)) {
            assertThat(figure.svg()).doesNotContain("NaN");
            assertThat(figure.pdf()).isNotEmpty();
            assertThat(image(figure).getWidth()).isGreaterThan(400);
        }
        assertThat(matches("(url)", map.svg())).hasSize(6);
    }

    @Test
    void filesAreWritten() throws Exception {
        SampleFigures.shots().write(folder, "shots");

        assertThat(Files.readAllBytes(folder.resolve("shots.png")))
                .isEqualTo(SampleFigures.shots().png());
        assertThat(folder.resolve("shots.svg")).hasContent(SampleFigures.shots().svg());
        assertThat(Files.readAllBytes(folder.resolve("shots.pdf")))
                .isEqualTo(SampleFigures.shots().pdf());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.of("t", "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Series("s", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> SampleFigures.bars("b", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BarPanel(
                        "", Axis.of("y"), List.of("a"), List.of(SampleFigures.bars("b", List.of(1.0, 2.0)))));
    }
}
