package dev.clap4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collection;

/** The description of a server's answers, against which they are checked. */
record OpenApi(JsonNode document) {
    private static final JsonMapper JSON = new JsonMapper();

    static OpenApi of(String yaml) throws IOException {
        return new OpenApi(new YAMLMapper().readTree(yaml));
    }

    /** Returns the body of an answer, which must be as the schema says. */
    JsonNode valid(HttpResponse<String> answer, String schema) throws IOException {
        JsonNode body = JSON.readTree(answer.body());
        assertThat(problems("#/components/schemas/" + schema, body))
                .as(answer.body())
                .isEmpty();
        return body;
    }

    /** Returns whether the body of a request to a path is as the document says. */
    boolean allows(String path, String body) throws IOException {
        JsonNode schema = document.get("paths").get(path).at("/post/requestBody/content/application~1json/schema");
        return problems(schema.get("$ref").asText(), JSON.readTree(body)).isEmpty();
    }

    private Collection<?> problems(String reference, JsonNode body) {
        ObjectNode root = JSON.createObjectNode().put("$ref", reference);
        root.set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(body);
    }
}
