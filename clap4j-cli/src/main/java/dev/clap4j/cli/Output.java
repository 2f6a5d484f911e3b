package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code --json}, and what a command says: its result goes to standard output, in words or as JSON and nothing else; notes go
 * to standard error.
 */
final class Output {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return command.commandLine().getOut();
    }

    PrintWriter err() {
        return command.commandLine().getErr();
    }

    /** Says something beside the result. */
    void note(String text) {
        err().println("clap: " + text);
    }

    /** Says which work begins, where nobody watches a bar. */
    void begin(String work) {
        if (!Terminal.ofProcess().isWatched()) {
            note(work);
        }
    }

    String command() {
        return CommandLineText.of(command);
    }

    /** Prints the result: a record, map, list or JSON node, or the same in words. */
    void print(Object result, Object words) {
        out().println(json ? text(result) : words);
    }

    /** Prints a record, map or list in one line. */
    static void printLine(PrintWriter out, Object result) {
        out.println(text(JSON.writer().without(SerializationFeature.INDENT_OUTPUT), result));
    }

    /** Writes JSON piece by piece; it leaves the writer open. */
    static JsonGenerator generator(PrintWriter out) throws IOException {
        return JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
    }

    /** A result with one more thing in it; one that is no object becomes one, and is its {@code result}. */
    static JsonNode with(Object result, String name, Object value) {
        JsonNode tree = JSON.valueToTree(result);
        ObjectNode more =
                tree.isObject() ? (ObjectNode) tree : JSON.createObjectNode().set("result", tree);
        return more.set(name, JSON.valueToTree(value));
    }

    /** Records, maps, lists and JSON nodes as JSON. */
    static String text(Object result) {
        return text(JSON.writer(), result);
    }

    private static String text(ObjectWriter writer, Object result) {
        try {
            return writer.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result that JSON cannot express", e);
        }
    }
}
