package dev.clap4j.internal.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** A page of HTML that describes an API: plain, without scripts, fonts or anything else from a network. */
final class DocsPage {
    private final JsonNode api;
    private final StringBuilder html = new StringBuilder();

    DocsPage(JsonNode api) {
        this.api = api;
    }

    String html() {
        String title = escaped(api.at("/info/title").asText());
        html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>")
                .append(title)
                .append(
                        "</title><link rel=\"icon\" href=\"/page/icon.svg\"><link rel=\"stylesheet\" href=\"/page/docs.css\">")
                .append("</head><body><main><p><a href=\"/\">clap4j</a></p><h1>")
                .append(title)
                .append("</h1>");
        paragraph(api.at("/info/description").asText());
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (operation.getValue().has("responses")) {
                    operation(path.getKey(), operation.getKey(), operation.getValue());
                }
            }
        }
        return html.append("</main></body></html>").toString();
    }

    private void operation(String path, String method, JsonNode operation) {
        html.append("<h2><code>")
                .append(method.toUpperCase(Locale.ROOT))
                .append(' ')
                .append(escaped(path))
                .append("</code></h2>");
        paragraph(operation.path("summary").asText());
        paragraph(operation.path("description").asText());
        for (Map.Entry<String, JsonNode> body :
                operation.at("/requestBody/content").properties()) {
            fields("Body, " + body.getKey(), body.getValue().path("schema"));
            JsonNode example = body.getValue().path("example");
            if (!example.isMissingNode()) {
                html.append("<pre tabindex=\"0\">")
                        .append(escaped(example.toPrettyString()))
                        .append("</pre>");
            }
        }
        html.append("<div class=\"scroll\" tabindex=\"0\"><table><tr><th>Status</th><th>Answer</th></tr>");
        for (Map.Entry<String, JsonNode> response : operation.get("responses").properties()) {
            JsonNode answer = resolved(response.getValue());
            html.append("<tr><td>")
                    .append(escaped(response.getKey()))
                    .append("</td><td>")
                    .append(escaped(answer.path("description").asText()))
                    .append("</td></tr>");
        }
        html.append("</table></div>");
        for (Map.Entry<String, JsonNode> content :
                operation.at("/responses/200/content").properties()) {
            fields("Answer, " + content.getKey(), content.getValue().path("schema"));
        }
    }

    private void fields(String title, JsonNode given) {
        JsonNode schema = resolved(given);
        if (!schema.has("properties")) {
            return;
        }
        html.append("<h3>")
                .append(escaped(title))
                .append(
                        "</h3><div class=\"scroll\" tabindex=\"0\"><table><tr><th>Field</th><th>Type</th><th>Meaning</th></tr>");
        for (Map.Entry<String, JsonNode> field : schema.get("properties").properties()) {
            JsonNode type = resolved(field.getValue());
            html.append("<tr><td><code>")
                    .append(escaped(field.getKey()))
                    .append("</code></td><td>")
                    .append(escaped(type(type)))
                    .append("</td><td>")
                    .append(escaped(field.getValue()
                            .path("description")
                            .asText(type.path("description").asText())))
                    .append("</td></tr>");
        }
        html.append("</table></div>");
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.asText().equals("array")) {
            String items = type(resolved(schema.path("items")));
            return items.isEmpty() ? "list" : "list of " + items;
        }
        return type.asText();
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : api.at(reference.substring(1));
    }

    private void paragraph(String text) {
        if (!text.isBlank()) {
            html.append("<p>").append(escaped(text.strip())).append("</p>");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
