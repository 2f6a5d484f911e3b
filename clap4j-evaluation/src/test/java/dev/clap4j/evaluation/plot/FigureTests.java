package dev.clap4j.evaluation.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
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
                SampleFigures.ablations());
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
    void picturesShareNoNames() throws Exception {
        Set<String> names = new HashSet<>();
        int count = 0;
        for (Figure figure : figures().toList()) {
            String svg = figure.svg();
            assertThat(svg).startsWith("<svg");
            Matcher name = Pattern.compile("\\bid=\"([^\"]*)\"").matcher(svg);
            while (name.find()) {
                names.add(name.group(1));
                count++;
            }
        }
        assertThat(count).isGreaterThan(5);
        assertThat(names).hasSize(count);
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
    void bothFormatsHaveOneShapeAndNeedNoFont(Figure figure) throws Exception {
        BufferedImage image = image(figure);
        Element svg = svg(figure);

        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 " + image.getWidth() / 2 + " " + image.getHeight() / 2);
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(figure.title());
        assertThat(svg.getElementsByTagName("desc").item(0).getTextContent()).isEqualTo(figure.subtitle());
        assertThat(image.getRGB(1, 1)).isEqualTo(0xFFFFFFFF);
        assertThat(svg.getElementsByTagName("text").getLength()).isZero();
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
        Bars whole = Bars.of("Im.Aug", List.of(94.2, 30.0, 4.6, 2.0));
        BarPanel full = new BarPanel(
                "",
                panel.y(),
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

    @Test
    void filesAreWritten() throws Exception {
        SampleFigures.shots().write(folder, "shots");

        assertThat(Files.readAllBytes(folder.resolve("shots.png")))
                .isEqualTo(SampleFigures.shots().png());
        assertThat(folder.resolve("shots.svg")).hasContent(SampleFigures.shots().svg());
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.of("t", "", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Series.of("s", List.of(1.0), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Bars.of("b", List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new BarPanel("", Axis.of("y"), List.of("a"), List.of(Bars.of("b", List.of(1.0, 2.0)))));
    }
}
