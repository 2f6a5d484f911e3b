package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Golden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLanguageTests {
    @Test
    void enumeratesAsTheReferenceDoes() throws Exception {
        JsonNode golden = Golden.json("prompts/prompts.json");

        for (JsonNode name : golden.get("names")) {
            List<String> expected = new ArrayList<>();
            golden.get("prompts").get(name.asText()).forEach(p -> expected.add(p.asText()));

            assertThat(PromptLanguage.ENGLISH.templates(name.asText()))
                    .isEqualTo(expected)
                    .isNotEmpty();
        }
    }

    @Test
    void attributesMatchTheReference() throws Exception {
        JsonNode properties = Golden.json("prompts/prompts.json").get("properties");

        assertThat(properties.get("size").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(PromptLanguage.ENGLISH.words(Attribute.SIZE));
        assertThat(properties.get("color").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(PromptLanguage.ENGLISH.words(Attribute.COLOUR));
        assertThat(properties.get("art_style").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(PromptLanguage.ENGLISH.words(Attribute.ART_STYLE));
        assertThat(properties.get("image_type").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(PromptLanguage.ENGLISH.words(Attribute.IMAGE_TYPE));
    }

    @Test
    void chineseTemplatesAndTheirChanges() {
        List<String> templates = PromptLanguage.CHINESE.templates("大象");
        assertThat(templates).hasSize(480).doesNotHaveDuplicates().startsWith("一张写实风格的绘画，画面中是一个很大的红色大象");
        String prompt = "一张印象派风格的照片，画面中是一个很小的彩色大象";
        assertThat(templates).contains(prompt);
        assertThat(PromptLanguage.CHINESE.delete(Attribute.SIZE, prompt)).isEqualTo("一张印象派风格的照片，画面中是一个彩色大象");
        assertThat(PromptLanguage.CHINESE.delete(Attribute.COLOUR, prompt)).isEqualTo("一张印象派风格的照片，画面中是一个很小的大象");
        assertThat(PromptLanguage.CHINESE.delete(Attribute.ART_STYLE, prompt)).isEqualTo("一张照片，画面中是一个很小的彩色大象");
        assertThat(PromptLanguage.CHINESE.delete(Attribute.IMAGE_TYPE, prompt)).isEqualTo("一张印象派风格的，画面中是一个很小的彩色大象");
        assertThat(PromptLanguage.CHINESE.swapOrder(prompt)).isEqualTo("一个很小的彩色大象，出现在一张印象派风格的照片中");
        assertThat(PromptLanguage.CHINESE.imageTypes()).hasSize(8).contains(new PromptTemplate("一张{class}的素描"));
        assertThat(Stream.of(PromptStyle.values())
                        .map(style -> PromptLanguage.CHINESE.template(style).text("狗")))
                .containsExactly("狗", "一张狗的照片", "照片中的狗", "狗");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void deletionsLeaveNoWordOfTheirAttribute(String code) {
        PromptLanguage language = code.equals("en") ? PromptLanguage.ENGLISH : PromptLanguage.CHINESE;
        for (Attribute attribute : Attribute.values()) {
            assertThat(language.templates("x"))
                    .hasSize(480)
                    .map(template -> language.delete(attribute, template))
                    .noneMatch(left -> language.words(attribute).stream().anyMatch(left::contains));
        }
    }

    @Test
    void articlesFitWhatFollows() {
        PromptLanguage language =
                changed(json -> json.put("pattern", "{a} {size} {colour} {art-style} {image-type} of {a} {class}"));
        assertThat(language.templates("elephant")).anyMatch(template -> template.endsWith("sketch of an elephant"));
        assertThat(language.templates("{class}")).anyMatch(template -> template.endsWith("sketch of a {class}"));
    }

    @Test
    void augmentationsForEnglishAloneAreRefused() {
        SplittableRandom random = new SplittableRandom(1);
        assertThatThrownBy(() -> Augmentation.EDA.apply("狗", PromptLanguage.CHINESE, random))
                .isInstanceOf(ClapException.class)
                .hasMessage("eda is for English prompts, not for those in zh");
        assertThatThrownBy(() -> Augmentation.NONE.withRepairArticles(true).apply("狗", PromptLanguage.CHINESE, random))
                .isInstanceOf(ClapException.class)
                .hasMessage("articles is for English prompts, not for those in zh");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        json -> json.put("patern", "x"),
                        "the description of a language has an unknown key \"patern\" (did you mean pattern?);"
                                + " there are language, pattern, between, attributes, swap, short, styles"),
                mistake(json -> json.remove("short"), "the description of a language lacks short"),
                mistake(json -> json.put("pattern", 3), "pattern should be a text"),
                mistake(json -> json.put("between", 3), "between should be a text: a space, or nothing (\"\")"),
                mistake(json -> json.put("pattern", "a {size} {class}"), "pattern has no {"),
                mistake(
                        json -> json.put("short", "{a} {image-type} of a {clas} {class}"),
                        "short has an unknown place {clas} (did you mean {class}?)"),
                mistake(json -> json.put("attributes", 1), "attributes should hold names and values"),
                mistake(json -> words(json, "size"), "size should have a list of words, such as words: [large, small]"),
                mistake(json -> words(json, "size", "big", "big"), "a word of size is given twice"),
                mistake(json -> words(json, "size", "big", ""), "a word of size should be a text"),
                mistake(
                        json -> words(json, "size", "sized", "big sized"),
                        "the deletion of size would not find \"big sized\" in \"a realistic painting of a big sized red {class}\""),
                mistake(
                        json -> ((ObjectNode) json.path("attributes").path("size"))
                                .putObject("found")
                                .put("larg", "x"),
                        "found of size has an unknown key \"larg\" (did you mean large?); there are large, normal sized, small"),
                mistake(
                        json -> ((ObjectNode) json.get("swap")).put("at", " showing "),
                        "swap finds no place to cut in \"a realistic painting of a large red {class}\""),
                mistake(json -> ((ObjectNode) json.get("swap")).put("to", "{after}"), "to has no {before}: {after}"),
                mistake(
                        json -> ((ObjectNode) json.get("styles")).put("NC", "{class}"),
                        "styles has an unknown key \"NC\" (did you mean C?);" + " there are C, PC, CP"),
                mistake(json -> ((ObjectNode) json.get("styles")).put("PC", "a photo"), "PC has no {class}: a photo"),
                mistake(
                        json -> words(
                                json,
                                "size",
                                IntStream.range(0, 700).mapToObj(i -> "s" + i).toArray(String[]::new)),
                        "the words make more than 100000 templates for each class"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreNamed(Consumer<ObjectNode> mistake, String message) {
        assertThatThrownBy(() -> changed(mistake))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(message);
    }

    private static Arguments mistake(Consumer<ObjectNode> mistake, String message) {
        return Arguments.of(mistake, message);
    }

    private static void words(ObjectNode json, String attribute, String... words) {
        ArrayNode list = ((ObjectNode) json.path("attributes").path(attribute)).putArray("words");
        Stream.of(words).forEach(list::add);
    }

    /** Returns English with a change in its description. */
    private static PromptLanguage changed(Consumer<ObjectNode> change) {
        try (InputStream in = PromptLanguage.class.getResourceAsStream("en.json")) {
            ObjectNode json = (ObjectNode) new ObjectMapper().readTree(in);
            change.accept(json);
            return PromptLanguage.of(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
