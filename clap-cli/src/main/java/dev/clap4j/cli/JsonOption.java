package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

    /** The same as a JSON node. */
    static JsonNode tree(Object result) {
        return JSON.valueToTree(result);
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
