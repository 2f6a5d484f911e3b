package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --json}: the result for machines, on standard output, and nothing else there. */
final class JsonOption {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    boolean wanted() {
        return json;
    }

    /** Prints records, maps, lists and JSON nodes. */
    static void print(PrintWriter out, Object result) {
        out.println(text(result));
    }

    /** Prints a record, map or list in one line. */
    static void printLine(PrintWriter out, Object result) {
        try {
            out.println(
                    JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }

    /** Writes JSON piece by piece; it leaves the writer open. */
    static JsonGenerator generator(PrintWriter out) throws IOException {
        return JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
    }

    /** The same as a JSON node. */
    static JsonNode tree(Object result) {
        return JSON.valueToTree(result);
    }

    /** A result with one more thing in it; one that is no object becomes one, and is its {@code result}. */
    static JsonNode with(Object result, String name, Object value) {
        JsonNode tree = tree(result);
        ObjectNode more =
                tree.isObject() ? (ObjectNode) tree : JSON.createObjectNode().set("result", tree);
        more.set(name, tree(value));
        return more;
    }

    /** Records, maps, lists and JSON nodes as JSON. */
    static String text(Object result) {
        try {
            return JSON.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }
}
