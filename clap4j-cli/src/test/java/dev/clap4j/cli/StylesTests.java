package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The picture of one thing in four styles, {@code docs/styles.png}. */
class StylesTests {
    private static final Path DOCS = Path.of(System.getProperty("clap4j.root", ".."), "docs");
    private static final int LARGEST = 200_000;
    private static final int MINI_DIM = 128;

    @TempDir
    private Path folder;

    /** With {@code -Dclap4j.quickstart=FOLDER}, that of a quickstart, the picture and its answers are made anew. */
    @Test
    @EnabledIfSystemProperty(named = "clap4j.quickstart", matches = ".+")
    void isMadeFromAQuickstart() throws IOException {
        Path quickstart = DOCS.resolveSibling(System.getProperty("clap4j.quickstart"));
        JsonMapper json = new JsonMapper();
        float alpha = 0;
        for (String line : Files.readAllLines(quickstart.resolve("scores.jsonl"))) {
            JsonNode score = json.readTree(line);
            if (score.path("measure").asText().equals("mixed-templates") && score.has("alpha")) {
                alpha = score.get("alpha").floatValue();
            }
        }
        List<byte[]> pictures = Styles.pictures();
        Styles styles = answers(pictures, Head.load(quickstart.resolve("heads/head-0/head.safetensors")), alpha);

        AtomicFiles.writeBytes(DOCS.resolve("styles.png"), StylesPicture.png(styles, pictures));
        AtomicFiles.writeString(
                DOCS.resolve("results/styles.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(styles) + "\n");
    }

    /** CLIP's answers need no training, so that any build can tell whether the committed ones are right. */
    @Test
    void committedAnswersOfClipAreThoseOfTheMiniClip() throws IOException {
        Styles committed =
                new JsonMapper().readValue(DOCS.resolve("results/styles.json").toFile(), Styles.class);
        Styles now = answers(Styles.pictures(), zeroHead(), 1);

        assertThat(now.shown()).hasSameSizeAs(committed.shown());
        for (int i = 0; i < now.shown().size(); i++) {
            Styles.Shown shown = now.shown().get(i);
            Styles.Shown expected = committed.shown().get(i);
            assertThat(shown.imageType()).isEqualTo(expected.imageType());
            assertThat(shown.iconSet()).isEqualTo(expected.iconSet());
            // Other versions of Java outline strokes in another way, which moves probabilities a little.
            assertThat(shown.clip().probability()).isCloseTo(expected.clip().probability(), within(0.1));
            if (expected.clip().probability() > 0.6) {
                assertThat(shown.clip().className()).isEqualTo(expected.clip().className());
            }
            // A head that adds nothing answers as CLIP does.
            assertThat(shown.clap()).isEqualTo(shown.clip());
        }
        assertThat(now.shown()).extracting(Styles.Shown::imageType).doesNotHaveDuplicates();
        assertThat(now.shown()).extracting(Styles.Shown::iconSet).doesNotHaveDuplicates();
    }

    @Test
    void theCommittedPictureIsSmall() throws IOException {
        byte[] picture = Files.readAllBytes(DOCS.resolve("styles.png"));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));

        assertThat(picture.length).isLessThan(LARGEST);
        assertThat(image.getWidth()).isGreaterThan(image.getHeight());
    }

    private static Head zeroHead() {
        ResidualMlp network = new ResidualMlp(MINI_DIM, 1, MINI_DIM, 0, Activation.SILU);
        List<TensorData> weights = new ArrayList<>();
        network.shapes()
                .asMap()
                .forEach((name, shape) -> weights.add(TensorData.of(
                        name, new float[(int) LongStream.of(shape).reduce(1, Math::multiplyExact)], shape)));
        return HeadAccess.of(network, new HeadInfo(1, "", "", List.of(), "", Map.of(), null, Map.of()), weights);
    }

    private Styles answers(List<byte[]> pictures, Head head, float alpha) throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            files.add(Files.write(folder.resolve(i + ".png"), pictures.get(i)));
        }
        try (ClipModel clip =
                ClipModel.of(MiniClip.open(folder.resolve("cache")), OrtEngine.create(), Overflow.TRUNCATE)) {
            return Styles.of(clip, head, alpha, files);
        }
    }
}
