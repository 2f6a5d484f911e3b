package dev.clap4j.pretraining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.Names;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The captions of a folder's images.
 *
 * @param lines the lines in the order of the file
 */
record CaptionFile(List<CaptionFile.Line> lines) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * An image and its caption.
     *
     * @param image the file
     * @param name its name in the captions file
     * @param caption the caption
     */
    record Line(Path image, String name, String caption) {}

    /** Returns a fingerprint of all image names and captions. */
    String fingerprint() {
        StringBuilder content = new StringBuilder();
        for (Line line : lines) {
            content.append(line.name).append('\n').append(line.caption).append('\n');
        }
        return Digests.of(content.toString());
    }

    /** Returns this file without the lines of some images. */
    CaptionFile without(Set<Path> images) {
        return new CaptionFile(
                lines.stream().filter(line -> !images.contains(line.image)).toList());
    }

    static CaptionFile read(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ClapException("There is no " + file + ": a folder of captioned images needs one, with a line"
                    + " {\"image\": \"relative/path.png\", \"caption\": \"…\"} for every image");
        }
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : InputFiles.readLines(file)) {
            number++;
            if (!text.isBlank()) {
                JsonNode node = parse(file, number, text);
                String image = field(file, number, node, "image");
                String caption = field(file, number, node, "caption");
                lines.add(new Line(image(folder, file, number, image), image, caption));
            }
        }
        if (lines.isEmpty()) {
            throw new ClapException(file + " has no lines: there is nothing to train on");
        }
        return new CaptionFile(List.copyOf(lines));
    }

    private static JsonNode parse(Path file, int number, String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw malformed(file, number, "is not JSON: " + e.getOriginalMessage(), e);
        }
        throw malformed(file, number, "should be an object {\"image\": …, \"caption\": …}", null);
    }

    private static String field(Path file, int number, JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw malformed(
                    file,
                    number,
                    "should have a text \"" + name + "\", but "
                            + (value.isMissingNode() ? "has none" : "it is " + value),
                    null);
        }
        return value.asText();
    }

    private static Path image(Path folder, Path file, int number, String name) {
        Path root = folder.toAbsolutePath().normalize();
        Path image;
        try {
            image = root.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw malformed(file, number, "has an impossible image path", e);
        }
        if (!image.startsWith(root)) {
            throw malformed(file, number, "names an image outside the folder: " + name, null);
        }
        // Systems differ in the Unicode normalisation form of file names.
        return Stream.of(name, Names.composed(name), Normalizer.normalize(name, Normalizer.Form.NFD))
                .map(form -> root.resolve(form).normalize())
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> malformed(file, number, "names an image that is not there: " + name, null));
    }

    private static ClapException malformed(Path file, int number, String what, Exception cause) {
        return new ClapException(file + ", line " + number + ", " + what, cause);
    }
}
