package dev.clap4j.experiment.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.RandomData;
import dev.clap4j.training.probe.ProbeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportFileTests {
    private static final String END = "; delete it to have images drawn anew, or bring the one that belongs here";
    private static final String OF_FIRST = " of the class c0 in the domain d0";

    @TempDir
    Path temporary;

    private final Dataset data = RandomData.of(4, 3, 5, 10, 1.5).dataset();
    private Path file;
    private SupportFile support;

    @BeforeEach
    void setUp() {
        file = temporary.resolve("support.json");
        support = new SupportFile(file, data);
    }

    @Test
    void theSameImagesAreReadAgainAsWereDrawn() {
        List<SupportSet> drawn = support.open(3, List.of(7L, 8L));

        List<SupportSet> read = support.open(2, List.of(8L));

        assertThat(drawn.get(0).rows(1, 2))
                .isEqualTo(SupportSet.draw(data, 3, 7).rows(1, 2))
                .isNotEqualTo(drawn.get(1).rows(1, 2));
        assertThat(read).hasSize(1);
        for (int d = 0; d < 3; d++) {
            assertThat(read.get(0).rows(d, 3)).isEqualTo(drawn.get(1).rows(d, 3));
        }
    }

    @Test
    void imagesOfSomethingElseAreRefused() throws IOException {
        support.open(2, List.of(7L));
        String good = Files.readString(file);
        String image = "d0/c0/\\d+.png";

        assertThatThrownBy(() -> support.open(3, List.of(7L)))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " holds 2 shots, fewer than the 3 that are wanted" + END);
        assertThatThrownBy(() -> support.open(1, List.of(9L)))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " holds no draw of the seed 9" + END);
        refused(
                good.replaceFirst(image, "d0/c0/77.png"),
                "names \"d0/c0/77.png\", which is no image of the class c0 in the domain d0 of any");
        refused(good.replace("\"c2\"", "\"c9\""), "names no image of the class c2 in the domain d0");
        String first = good.substring(good.indexOf("d0/c0/"), good.indexOf('"', good.indexOf("d0/c0/")));
        refused(
                good.replaceFirst(image + "\", \"" + image, first + "\", \"" + first),
                "names an image" + OF_FIRST + " twice");
        refused(
                good.replaceFirst("\"" + image + "\", ", ""),
                "names 1 images" + OF_FIRST + ", but 2 belong to 2 shots");
        refused(
                good.replaceFirst("\"shots\" : 2", "\"shots\" : 99"),
                "names 2 images" + OF_FIRST + ", but 5 belong to 99 shots");
        refused(good.replaceFirst("\"shots\" : 2", "\"shots\" : \"2\""), "gives no whole number of shots");
        refused(
                good.replaceFirst("\"draws\" : \\[", "\"draws\" : [ {\"seed\" : 7}, "),
                "holds several draws of the seed 7");
        refused("{\"format\": \"x\"}", "has the format \"x\" where \"clap4j.few-shot-support\" is expected");
        Files.writeString(file, good.replaceFirst("\"shots\" : 2", "\"shots\" : 2, \"shots\" : 2"));
        assertThatThrownBy(() -> support.open(2, List.of(7L))).hasMessageContaining("Duplicate field 'shots'");
        Files.writeString(file, "nothing");
        assertThatThrownBy(() -> support.open(2, List.of(7L))).hasMessageStartingWith(file + " is no JSON, at line 1");
        FewShot probes = FewShot.of(List.of(1), List.of(7L), ProbeOptions.OFFICIAL);
        assertThatThrownBy(() -> probes.checkBrought(temporary, data))
                .hasMessageStartingWith(file + " is no JSON, at line 1");
    }

    private void refused(String content, String message) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> support.open(2, List.of(7L)))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " " + message + END);
    }
}
