package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.experiment.recipe.Samples;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Pages show what is in runs, whoever made them: text as text, and pictures of their own folders alone. */
class PageTests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] PNG = PngEncoder.encode(Bitmap.of(PixelMode.RGB, 2, 1, new byte[] {1, 2, 3, 4, 5, 6}));
    private static final String NOWHERE = "there is no such file inside the run&#39;s folder.";

    @TempDir
    private Path folder;

    private static double[] right(int count) {
        double[] right = new double[100];
        Arrays.fill(right, 0, count, 1);
        return right;
    }

    /** A quickstart in which CLAP gains so many points, or loses them. */
    private RunFiles quickstart(int gain) {
        RunFiles run = RunFiles.of("quickstart").data("seen", "unseen").option("shots", "1");
        for (String data : List.of("unseen", "seen")) {
            for (int head = -1; head < 2; head++) {
                int points = head < 0 ? 0 : gain;
                String[] method = head < 0
                        ? new String[] {"method=CLIP"}
                        : new String[] {"method=CLAP", "alpha=0." + (head + 1), "seed=" + head};
                if (data.equals("unseen")) {
                    run.images("probe", right(32 + points), with(method, data, "shots=1"));
                    run.score("variance-class", 42 + points, with(method, data));
                    run.score("variance-type", 24 - points, with(method, data));
                }
                run.images("mixed-templates", right(23 + points), with(method, data, "domain=a"));
                for (String prompt : List.of("C", "PC", "CP", "NC")) {
                    run.images("zeroshot", right(54 + points / 10), with(method, data, "prompt=" + prompt, "domain=a"));
                }
                run.score("zeroshot-mean", 54 + points / 10, with(method, data));
                run.score("zeroshot-range", 0, with(method, data));
            }
        }
        return run;
    }

    private static String[] with(String[] method, String data, String... more) {
        List<String> all = new ArrayList<>(List.of(method));
        all.add("data=" + data);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private Path write(RunFiles run) throws IOException {
        return run.writeTo(folder.resolve("runs/run"));
    }

    private static String html(Path run) {
        return Report.read(List.of(run)).render(Format.HTML, 0);
    }

    /** The page keeps to what is both HTML and XML, so that a tag left open is found. */
    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        html.replaceFirst("<!DOCTYPE html>\n", "").getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList nodes = page.getElementsByTagName(tag);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    @Test
    void aPageHoldsEverythingItNeeds() throws Exception {
        Path run = write(quickstart(20));
        Report.read(List.of(run)).write(folder.resolve("report.html"));

        String html = Files.readString(folder.resolve("report.html"));
        Document page = parse(html);
        assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">").doesNotContain("http", "<script", "@import");
        assertThat(elements(page, "img")).isNotEmpty().allSatisfy(image -> {
            assertThat(image.getAttribute("src")).startsWith("data:image/");
            assertThat(image.getAttribute("alt")).isNotBlank();
        });
        assertThat(elements(page, "code").get(0).getTextContent()).isEqualTo("clap quickstart");
        assertThat(elements(page, "a")).isNotEmpty().allSatisfy(link -> assertThat(html)
                .contains("id=\"" + link.getAttribute("href").substring(1) + "\""));
        assertThat(elements(page, "p").get(0).getTextContent())
                .isEqualTo(
                        "Shown one labelled picture of each class in a style nobody trained on, a classifier gets 52.0"
                                + " of 100 pictures right with CLAP's features and 32.0 with CLIP's, so CLAP, which learned from"
                                + " class names alone, helped here. Without any labelled picture, CLAP changes the share of right"
                                + " answers by +20.0 points where every class is described in other words (more than chance"
                                + " explains), and by +2.0 where all are described alike (which may be chance).");
    }

    @Test
    void harmIsToldToo() throws IOException {
        assertThat(Report.read(List.of(write(quickstart(-20)))).paragraph())
                .contains("12.0 of 100", "did harm here.", "-20.0 points", "(a loss, more than chance explains)");
        assertThat(Report.read(List.of(write(quickstart(0)))).paragraph())
                .contains("made no difference here.", "(no difference)");
    }

    @Test
    void theQuickstartsTableIsInTheOrderOfSensitivity() throws IOException {
        ResultTable table =
                Report.read(List.of(write(quickstart(20)))).summary().get(0);

        assertThat(table.columns())
                .containsExactly("Measure", "CLIP", "CLAP", "Difference", "95 % interval", "CLAP is");
        assertThat(table.rows().stream()
                        .map(row -> row.get(0) + "|" + row.get(1) + "|" + row.get(2) + "|" + row.get(5)))
                .containsExactly(
                        "1-shot probe, unseen domains, all images|32.00|52.00 ± 0.00|better",
                        "Image variance explained by class, %|42.00|62.00 ± 0.00|two heads: no interval",
                        "Image variance explained by image type, % ↓|24.00|4.00 ± 0.00|two heads: no interval",
                        "Zero-shot, mixed templates, unseen domains|23.00|43.00 ± 0.00|better",
                        "Zero-shot, mean of C, PC and CP, unseen domains|54.00|56.00 ± 0.00|within noise",
                        "Zero-shot, mean of C, PC and CP, seen domains|54.00|56.00 ± 0.00|within noise",
                        "R, range over C, PC and CP, unseen domains ↓|0.00|0.00 ± 0.00|same",
                        "R, range over C, PC and CP, seen domains ↓|0.00|0.00 ± 0.00|same");
        assertThat(table.caption())
                .startsWith(
                        "In %; mean ± sample deviation (n − 1) over 2 heads, trained on 2 class names alone; ↓ less is"
                                + " better\n41 unseen images, 40 seen; α chosen on seen ones\n");
    }

    @Test
    void samplesAreMarkedBySignsToo() throws Exception {
        Path run = write(quickstart(20));
        Files.createDirectories(run.resolve("samples"));
        Files.write(run.resolve("samples/0.png"), PNG);
        Files.write(folder.resolve("secret.png"), PNG);
        String secret = folder.resolve("secret.png").toString();
        Files.writeString(
                run.resolve("samples.json"),
                JSON.writeValueAsString(List.of(
                        new Samples.Sample("samples/0.png", "a", "dog", "dog", "cat"),
                        new Samples.Sample(secret, "a", "cat & mouse", "<b>dog</b>", "cat & mouse"))));

        Document page = parse(html(run));

        List<Element> strip = elements(page, "li").stream()
                .filter(item -> item.getElementsByTagName("b").getLength() > 0)
                .toList();
        assertThat(strip)
                .extracting(item -> item.getTextContent().strip())
                .containsExactly("dog✓ CLIP: dog✗ CLAP: cat", "cat & mouse✗ CLIP: <b>dog</b>✓ CLAP: cat & mouse");
        assertThat(strip)
                .extracting(item -> item.getElementsByTagName("img").getLength())
                .as("no file outside the run")
                .containsExactly(1, 0);
    }

    private String withPicture(Path run, String name) throws IOException {
        Files.writeString(run.resolve("pictures.json"), JSON.writeValueAsString(java.util.Map.of(name, "A picture")));
        return html(run);
    }

    private void isMissing(Path run, String name, String why) throws IOException {
        String page = withPicture(run, name);
        String missing =
                page.lines().filter(line -> line.contains(" is missing: ")).collect(Collectors.joining());
        assertThat(missing).contains("The picture " + Html.escape(name) + " is missing: " + why);
        assertThat(page.contains("alt=\"A picture\"")).isFalse();
    }

    @Test
    void ownPicturesAreShownAndOthersAreNot() throws IOException {
        Path run = write(quickstart(20));
        Files.createDirectories(run.resolve("below"));
        Files.write(folder.resolve("secret.png"), PNG);
        for (String own : List.of("own.png", "below/own.png")) {
            Files.write(run.resolve(own), PNG);
            assertThat(withPicture(run, own)).contains("alt=\"A picture\"");
        }
        for (String name : List.of(
                folder.resolve("secret.png").toString(),
                "../../secret.png",
                "below/../../../secret.png",
                "absent.png",
                "",
                ".",
                "below",
                "nul\0.png",
                "<script>.png")) {
            isMissing(run, name, NOWHERE);
        }
        Files.writeString(run.resolve("text.png"), "secret");
        isMissing(run, "text.png", "Cannot decode text.png: ");
        byte[] vast = PNG.clone();
        ByteBuffer.wrap(vast).putInt(16, 60_000).putInt(20, 60_000);
        Files.write(run.resolve("vast.png"), vast);
        isMissing(run, "vast.png", "Cannot decode vast.png: ");
        Files.write(run.resolve("long.png"), Arrays.copyOf(PNG, (32 << 20) + 1));
        isMissing(run, "long.png", run.resolve("long.png") + " has 33554433 bytes; the limit is 33554432");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkedPicturesAreNotFollowed() throws IOException {
        Path run = write(quickstart(20));
        Files.write(folder.resolve("secret.png"), PNG);
        Files.createSymbolicLink(run.resolve("link.png"), folder.resolve("secret.png"));
        Files.createSymbolicLink(run.resolve("up"), folder);
        isMissing(run, "link.png", NOWHERE);
        isMissing(run, "up/secret.png", NOWHERE);
    }

    @Test
    void picturesAreScaledDownAndAPageIsNeverHuge() throws IOException {
        Path run = write(quickstart(20));
        byte[] noise = new byte[1800 * 1200 * 3];
        new SplittableRandom(1).nextBytes(noise);
        byte[] png = PngEncoder.encode(Bitmap.of(PixelMode.RGB, 1800, 1200, noise));
        ObjectNode captions = JSON.createObjectNode();
        for (int i = 0; i < 12; i++) {
            Files.write(run.resolve(i + ".png"), png);
            captions.put(i + ".png", "Picture " + i);
        }
        Files.writeString(run.resolve("pictures.json"), captions.toString());

        String html = html(run);

        assertThat(html.length()).isLessThan(2_000_000);
        assertThat(html).contains("alt=\"Picture 0\"", "11.png is missing: the page would be too large");
    }

    @Test
    void whatComesFromFilesIsEscaped() throws IOException {
        RunFiles run = RunFiles.of("zeroshot<u>")
                .model("<u>mini", "x")
                .option("noise-batch", "<u>\u001b[2J")
                .head("<u>A", java.util.Map.of("tau", "<u>0.2"))
                .score("zeroshot", 50, "method=CLIP", "prompt=<u>C", "domain=<u>a", "tau=<u>")
                .score("<u>measure", 60, "method=<u>A", "alpha=1.0", "domain=<u>", "grid=<u>1")
                .score("zeroshot", 60, "method=<u>A", "alpha=<u>", "prompt=<u>C", "domain=<u>a", "grid=<u>2");

        String page = html(write(run));

        assertThat(page).doesNotContain("<u>", "\u001b").contains("&lt;u&gt;\\u001B[2J");
    }

    /** Replaces every part of {@code run.json} by something else: it is shown, or refused in a line. */
    @Test
    void recordsMayBeAnything() throws IOException {
        for (RunFiles run : List.of(quickstart(20), sweep())) {
            change(run, run.description());
        }
    }

    private static RunFiles sweep() {
        return RunFiles.of("sweep")
                .score("zeroshot-mean", 70, "method=CLIP")
                .score("zeroshot-mean", 71, "method=CLAP", "alpha=0.1", "seed=0", "tau=0.1")
                .score("zeroshot-mean", 72, "method=CLAP", "alpha=0.1", "seed=0", "tau=0.2");
    }

    private void change(RunFiles run, JsonNode node) throws IOException {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode part = object.get(name);
                for (String value : List.of("null", "-1", "\"<u>\"", "[]", "{}")) {
                    object.set(name, JSON.readTree(value));
                    show(run);
                }
                object.remove(name);
                show(run);
                object.set(name, part);
                change(run, part);
            }
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            array.set(0, array.objectNode());
            show(run);
        }
    }

    private void show(RunFiles run) throws IOException {
        Path written = write(run);
        try {
            Report report = Report.read(List.of(written));
            assertThat(report.render(Format.MARKDOWN, 0)).isNotNull();
            assertThat(report.paragraph()).doesNotContain("null");
            report.details();
        } catch (ClapException e) {
            assertThat(e).hasMessageContaining(written.toString());
        }
    }
}
