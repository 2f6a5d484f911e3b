package dev.clap4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that somebody else sent, or that were damaged: shown as far as they make sense, else refused in a line that names the
 * file; and whatever they say is text, not HTML.
 */
@Tag("slow")
class ForeignRunTests {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TAG = "<u>";

    /** Values of unexpected types. */
    private static final List<String> VALUES = List.of("null", "-1", "1e300", "\"" + TAG + "NaN\"", "[]");

    private static final Pattern PLOT = Pattern.compile("data:image/svg\\+xml;base64,([A-Za-z0-9+/=]+)");

    @TempDir
    Path folder;

    private RunFiles files;
    private int shown;
    private int refused;

    @ParameterizedTest
    @ValueSource(strings = {"zeroshot", "fewshot", "tsne", "attack", "sweep"})
    void everyPartMayBeAnything(String kind) throws IOException {
        files = RunFiles.stored(kind);
        assertThat(html()).contains("<table>");
        change(files.result(), kind + ".json");
        if (kind.equals("zeroshot")) {
            change(files.run(), "run.json"); // read alike for all kinds
        }
        assertThat(shown).isPositive();
        assertThat(refused).isPositive();
    }

    private String html() throws IOException {
        Path run = files.writeTo(folder.resolve("run"));
        Report report = Report.read(List.of(run));
        report.parts();
        return report.html();
    }

    /** Replaces, renames and removes every part of a document; of a list the first entry. */
    private void change(JsonNode node, String place) throws IOException {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode part = object.get(name);
                for (String value : VALUES) {
                    object.set(name, JSON.readTree(value));
                    tryOut(place + "." + name + " = " + value);
                }
                object.remove(name);
                tryOut(place + " without " + name);
                object.set(TAG + name, part);
                tryOut(place + "." + name + " renamed");
                object.remove(TAG + name);
                object.set(name, part);
                change(part, place + "." + name);
            }
        } else if (node instanceof ArrayNode list && !list.isEmpty()) {
            JsonNode first = list.get(0);
            for (String value : VALUES) {
                list.set(0, JSON.readTree(value));
                tryOut(place + "[0] = " + value);
            }
            list.set(0, first);
            change(first, place + "[0]");
            list.add(first);
            tryOut(place + " with its first entry twice");
            list.remove(list.size() - 1);
            list.remove(0);
            tryOut(place + " without its first entry");
            list.insert(0, first);
        }
    }

    private void tryOut(String what) throws IOException {
        try {
            requireEscaped(html(), what);
            shown++;
        } catch (ClapException e) {
            assertThat(e.getMessage())
                    .as(what)
                    .hasLineCount(1)
                    .startsWith(folder.resolve("run") + "/")
                    .hasSizeLessThan(folder.toString().length() + 400);
            refused++;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }

    private static void requireEscaped(String html, String what) {
        assertThat(html.contains(TAG)).as(what).isFalse();
        Matcher plot = PLOT.matcher(html);
        while (plot.find()) {
            String svg = new String(Base64.getDecoder().decode(plot.group(1)), StandardCharsets.UTF_8);
            assertThat(svg.contains(TAG)).as(what).isFalse();
        }
    }

    /** Numbers that no JSON has, but some write. */
    @ParameterizedTest
    @ValueSource(strings = {"zeroshot", "fewshot", "tsne", "attack", "sweep"})
    void textThatIsNoJsonIsRefused(String kind) throws IOException {
        files = RunFiles.stored(kind);
        Path run = files.writeTo(folder.resolve("run"));
        for (String text :
                List.of("", "{", "NaN", "[]", "null", "{\"images\": NaN}", "{\"images\": 1} {}", "[".repeat(9999))) {
            for (String file : List.of(kind + ".json", "run.json")) {
                files.writeTo(run);
                Files.writeString(run.resolve(file), text);
                assertThat(catchThrowable(() -> Report.read(List.of(run)).html()))
                        .as(file + " of " + text)
                        .isInstanceOf(ClapException.class)
                        .hasMessageStartingWith(run.resolve(file).toString());
            }
        }
    }

    /** As they were written before there could be several heads, and before methods were compared. */
    @Test
    void filesOfOldAreRead() throws IOException {
        files = RunFiles.stored("zeroshot");
        files.result().remove(List.of("selections", "differences"));
        files.result().putObject("selection").put("alpha", 0.1);
        files.run().remove(List.of("heads", "unreadable"));
        assertThat(html()).contains("<table>");
        files = RunFiles.stored("attack");
        files.result().remove("differences");
        assertThat(html()).contains("<table>");
    }
}
