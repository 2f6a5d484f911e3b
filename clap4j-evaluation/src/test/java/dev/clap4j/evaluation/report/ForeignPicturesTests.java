package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PixelMode;
import dev.clap4j.internal.image.PngEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A page shows pictures of a run's own folder, and names all others that the run asks for. */
class ForeignPicturesTests {
    private static final byte[] PNG = PngEncoder.encode(Bitmap.of(PixelMode.RGB, 2, 1, new byte[] {1, 2, 3, 4, 5, 6}));

    @TempDir
    Path temporary;

    private Path folder;
    private RunFiles attack;

    @BeforeEach
    void write() throws IOException {
        folder = temporary.resolve("runs/attack");
        attack = RunFiles.stored("attack");
        attack.writeTo(folder);
        // What no page may hold.
        Files.write(temporary.resolve("secret.png"), PNG);
        Files.write(temporary.resolve("secretpic.png"), PNG);
        Files.writeString(temporary.resolve("secret.txt"), "secret");
    }

    /** The page of the run whose picture is called so. */
    private String page(String picture) throws IOException {
        ((ArrayNode) attack.result().get("pictures")).removeAll().add(picture);
        attack.writeTo(folder);
        return Report.read(List.of(folder)).html();
    }

    private static boolean shows(String page, byte[] content) {
        return page.contains(Base64.getEncoder().encodeToString(content));
    }

    private void isMissing(String picture, String why) throws IOException {
        String page = page(picture);
        assertThat(missing(page)).contains("The picture " + Html.escape(picture) + " is missing: " + why);
        assertThat(page.contains("data:image/png")).isFalse();
    }

    /** The note of a missing picture. */
    private static String missing(String page) {
        return page.lines().filter(line -> line.contains(" is missing: ")).collect(Collectors.joining("\n"));
    }

    @Test
    void ownPicturesAreShown() throws IOException {
        Files.write(folder.resolve("own.png"), PNG);
        Files.write(Files.createDirectories(folder.resolve("below")).resolve("own.png"), PNG);
        assertThat(shows(page("own.png"), PNG)).isTrue();
        assertThat(shows(page("below/own.png"), PNG)).isTrue();
        assertThat(shows(page("./own.png"), PNG)).isTrue();
    }

    @Test
    void whatLiesElsewhereIsNot() throws IOException {
        String nowhere = "there is no such file inside the run&#39;s folder.";
        Files.createDirectories(folder.resolve("below"));
        for (String name : List.of(
                temporary.resolve("secret.png").toString(),
                folder.resolve("../../secret.png").toString(),
                "../../secret.png",
                "below/../../../secret.png",
                "../attack/../../secret.png",
                "absent.png",
                "",
                ".",
                "below",
                "nul\0.png",
                "<script>.png")) {
            isMissing(name, nowhere);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link.png"), temporary.resolve("secret.png"));
        Files.createSymbolicLink(folder.resolve("up"), temporary);
        for (String name : List.of("link.png", "up/secret.png")) {
            isMissing(name, "there is no such file inside the run&#39;s folder.");
        }
        for (String file : List.of("attack.json", "run.json")) {
            attack.writeTo(folder);
            Path moved = Files.move(folder.resolve(file), temporary.resolve("moved-" + file));
            Files.createSymbolicLink(folder.resolve(file), moved);
            assertThatThrownBy(() -> Report.read(List.of(folder)).html())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(folder.resolve(file)
                            + " is a link, or no file; a report shows what is in the folders of runs themselves");
            Files.delete(folder.resolve(file));
        }
        attack.writeTo(folder);
        Path link = Files.createSymbolicLink(temporary.resolve("mine"), folder);
        assertThat(Report.read(List.of(link)).parts())
                .as("a link that the user names")
                .hasSize(1);
    }

    @Test
    void whatIsNoPictureIsNot() throws IOException {
        Files.writeString(folder.resolve("text.png"), "secret");
        isMissing("text.png", "Cannot decode text.png: it should be a JPEG, PNG");
        Files.write(folder.resolve("cut.png"), Arrays.copyOf(PNG, 40));
        isMissing("cut.png", "Cannot decode cut.png: ");
        Files.write(folder.resolve("portable.png"), "P6 1 1 255\nabc".getBytes(StandardCharsets.US_ASCII));
        isMissing("portable.png", "it is no PNG file.");
        byte[] vast = PNG.clone();
        ByteBuffer.wrap(vast).putInt(16, 60_000).putInt(20, 60_000);
        Files.write(folder.resolve("vast.png"), vast);
        isMissing("vast.png", "Cannot decode vast.png: ");
        Files.write(folder.resolve("long.png"), Arrays.copyOf(PNG, (32 << 20) + 1));
        isMissing("long.png", folder.resolve("long.png") + " has 33554433 bytes; the limit is 33554432");
    }

    @Test
    void runsThatAskForLocalFilesGetNone() throws IOException {
        JsonMapper json = new JsonMapper();
        for (String kind : List.of("attack", "tsne")) {
            ObjectNode result = (ObjectNode) json.readTree(
                    Faults.file("foreign-report/" + kind + ".json").toFile());
            Path run = new RunFiles(kind, RunFiles.stored(kind).run(), result)
                    .writeTo(temporary.resolve("foreign/" + kind));
            String page = Report.read(List.of(run)).html();
            assertThat(missing(page)).contains("there is no such file inside the run&#39;s folder.");
            assertThat(page.contains("data:image/png")).isFalse();
        }
    }

    @Test
    void mapsMayBeCalledAsTheyWere() throws IOException {
        RunFiles tsne = RunFiles.stored("tsne");
        ObjectNode domain = (ObjectNode) tsne.result().at("/domains/0");
        domain.put("domain", "50% oil: \u00e4");
        Path run = tsne.writeTo(temporary.resolve("tsne"));
        Files.write(run.resolve("50%25 oil%3A \u00e4.png"), PNG);
        assertThat(shows(Report.read(List.of(run)).html(), PNG)).isTrue();
        Files.move(run.resolve("50%25 oil%3A \u00e4.png"), run.resolve("50% oil: \u00e4.png"));
        assertThat(shows(Report.read(List.of(run)).html(), PNG))
                .as("in earlier versions")
                .isTrue();
        domain.put("domain", "../../secretpic");
        tsne.writeTo(run);
        String page = Report.read(List.of(run)).html();
        assertThat(missing(page)).contains("The picture %2E.%2F..%2Fsecretpic.png is missing");
        assertThat(page.contains("data:image/png")).isFalse();
    }
}
