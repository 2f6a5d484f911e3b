package dev.clap4j.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Golden;
import dev.clap4j.internal.image.DecodeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Archives and lists that Python wrote. */
class GoldenSourcesTests {
    private static List<SourceImage> images(Path file) {
        List<SourceImage> images = new ArrayList<>();
        ImageSource source = ImageSources.container(file).orElseThrow();
        try (ImageCursor cursor = source.open()) {
            cursor.forEachRemaining(images::add);
        }
        assertThat(source.count()).isEqualTo(images.size());
        return images;
    }

    private static List<String> labels(List<SourceImage> images) {
        return images.stream().map(image -> image.label().orElse("none")).toList();
    }

    private static List<String> domains(List<SourceImage> images) {
        return images.stream().map(image -> image.domain().orElse("none")).toList();
    }

    @Test
    void webDataset() {
        Path file = Golden.file("containers/webdataset.tar");
        List<SourceImage> images = images(file);
        assertThat(images)
                .extracting(SourceImage::id)
                .containsExactly(
                        file + "/000000.png",
                        file + "/000001.png",
                        file + "/000002.png",
                        file + "/000003.png",
                        file + "/000004.png");
        assertThat(labels(images)).containsExactly("0", "1", "2", "0", "1");
        assertThat(domains(images)).containsExactly("photo", "photo", "photo", "sketch", "sketch");
        assertThat(images)
                .extracting(image -> image.content().digest())
                .containsExactly(
                        "d977d5f1804c5f8fb39d75d979856aa0",
                        "97689b5dbe823e1b724c928cacd8a2f7",
                        "40cb2175f0310f3233cc6c59794aa068",
                        "4502c473535c618385815ec371b43c15",
                        "0ce2afe43e1a354ff0ff3b72e20c30a7");
        assertThat(images).allSatisfy(image -> assertThat(
                        (int) image.content().decode(DecodeOptions.defaults(), bitmap -> bitmap.height()))
                .isEqualTo(24));
    }

    @Test
    void commaSeparatedValues() {
        Path file = Golden.file("containers/python.csv");
        List<SourceImage> images = images(file);
        Path folder = file.getParent();
        assertThat(images)
                .extracting(SourceImage::id)
                .containsExactly(
                        folder.resolve("a.png").toString(),
                        folder.resolve("with, comma.png").toString(),
                        folder.resolve("ü.png").toString(),
                        folder.resolve(" b.png").toString(),
                        "/c/d.png");
        assertThat(labels(images)).containsExactly("dog", "a \"hot\" dog", "Küche", "none", "7");
        assertThat(domains(images)).containsExactly("photo", "photo", "sketch", "none", "sketch");
    }
}
