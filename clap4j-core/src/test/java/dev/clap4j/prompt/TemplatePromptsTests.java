package dev.clap4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemplatePromptsTests {
    @Test
    void enumeratesAsTheReferenceDoes() throws Exception {
        JsonNode golden = Golden.json("prompts/prompts.json");

        for (JsonNode name : golden.get("names")) {
            List<String> expected = new ArrayList<>();
            golden.get("prompts").get(name.asText()).forEach(p -> expected.add(p.asText()));

            assertThat(TemplatePrompts.of(name.asText())).isEqualTo(expected).isNotEmpty();
        }
    }

    @Test
    void attributesMatchTheReference() throws Exception {
        JsonNode properties = Golden.json("prompts/prompts.json").get("properties");

        assertThat(properties.get("size").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Attribute.SIZE.words());
        assertThat(properties.get("color").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Attribute.COLOUR.words());
        assertThat(properties.get("art_style").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Attribute.ART_STYLE.words());
        assertThat(properties.get("image_type").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(Attribute.IMAGE_TYPE.words());
    }
}
