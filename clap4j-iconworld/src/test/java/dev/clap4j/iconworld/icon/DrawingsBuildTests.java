package dev.clap4j.iconworld.icon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawingsBuildTests {
    /** So pictures are the same, byte for byte, whether drawn from the jar or from the collection. */
    @ParameterizedTest
    @EnumSource(IconSet.class)
    void drawingsAreThoseOfTheCollection(IconSet set) throws IOException {
        Set<String> names = DrawingsBuild.names();
        Map<String, IconLibrary.Drawing> collection;
        try (InputStream file = DrawingsBuild.collection(set)) {
            collection = IconLibrary.read(file, names);
        }
        assertThat(IconLibrary.read(set, names)).isNotEmpty().isEqualTo(collection);
    }

    /** Redistribution is allowed by all these licences, if the notice says whose the drawings are and what one may do. */
    @ParameterizedTest
    @EnumSource(IconSet.class)
    void noticeAndCreditsAreThoseOfTheCollection(IconSet set) throws IOException {
        JsonNode about;
        try (InputStream file = file(set.id() + ".json")) {
            about = new ObjectMapper().readTree(file).get("info");
        }
        JsonNode author = about.get("author");
        JsonNode licence = about.get("license");
        assertThat(set.title()).isEqualTo(about.get("name").textValue());
        assertThat(set.author()).isEqualTo(author.get("name").textValue());
        assertThat(set.licence()).isEqualTo(licence.get("title").textValue());
        try (InputStream file = file("NOTICE")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(set.title() + " (" + set.id() + ")\n  by " + set.author() + ", "
                            + author.get("url").textValue() + "\n  " + set.licence() + ", "
                            + licence.get("url").textValue() + "\n");
        }
    }

    private static InputStream file(String name) {
        return DrawingsBuildTests.class.getResourceAsStream("/dev/clap4j/iconworld/drawings/" + name);
    }
}
