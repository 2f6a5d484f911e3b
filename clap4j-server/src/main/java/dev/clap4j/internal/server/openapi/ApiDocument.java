package dev.clap4j.internal.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The description of the API, an OpenAPI document. */
public final class ApiDocument {
    private ApiDocument() {}

    /** Read when it is first asked for. */
    private static final class Text {
        private static final String YAML = read();
        private static final String PAGE = new DocsPage(parse(YAML)).html();

        private static String read() {
            try (InputStream in = ApiDocument.class.getResourceAsStream("openapi.yaml")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static JsonNode parse(String yaml) {
            try {
                return new YAMLMapper().readTree(yaml);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Returns the document. */
    public static String yaml() {
        return Text.YAML;
    }

    /** Returns a page of HTML made from it. */
    public static String page() {
        return Text.PAGE;
    }
}
