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

/** The description of a server's answers, against which they are checked. */
record OpenApi(JsonNode document) {
    private static final JsonMapper JSON = new JsonMapper();

    static OpenApi of(String yaml) throws IOException {
        return new OpenApi(new YAMLMapper().readTree(yaml));
    }

    /** Returns the body of an answer, which must be as the schema says. */
    JsonNode valid(HttpResponse<String> answer, String schema) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        root.set("components", document.get("components"));
        JsonNode body = JSON.readTree(answer.body());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(root)
                        .validate(body))
                .as(answer.body())
                .isEmpty();
        return body;
    }
}
