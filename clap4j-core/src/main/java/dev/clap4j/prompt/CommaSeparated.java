package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated values (RFC 4180); spaces around values are ignored. */
final class CommaSeparated {
    private final String line;
    private int position;

    private CommaSeparated(String line) {
        this.line = line;
    }

    /**
     * Parses the values.
     *
     * @throws ClapException if a quotation mark is not closed, or is followed by anything but a comma
     */
    static List<String> parse(String line) {
        CommaSeparated list = new CommaSeparated(line);
        List<String> values = new ArrayList<>();
        do {
            values.add(list.value());
        } while (list.position++ < line.length());
        return values;
    }

    /** Parses the value at the position, and advances to the comma after it, or to the end. */
    private String value() {
        int comma = line.indexOf(',', position);
        int end = comma < 0 ? line.length() : comma;
        String plain = line.substring(position, end).strip();
        if (!plain.startsWith("\"")) {
            position = end;
            return plain;
        }
        position = line.indexOf('"', position) + 1;
        StringBuilder value = new StringBuilder();
        while (true) {
            int quote = line.indexOf('"', position);
            if (quote < 0) {
                throw malformed("has a quotation mark that is not closed");
            }
            value.append(line, position, quote);
            position = quote + 1;
            if (!line.startsWith("\"", position)) {
                break;
            }
            value.append('"');
            position++;
        }
        int next = line.indexOf(',', position);
        int after = next < 0 ? line.length() : next;
        if (!line.substring(position, after).isBlank()) {
            throw malformed("continues after a closing quotation mark");
        }
        position = after;
        return value.toString().strip();
    }

    private ClapException malformed(String what) {
        return new ClapException("The list " + line + " " + what
                + "; write a name with a comma as \"dog, hot\", and a quotation mark within quotation marks twice");
    }
}
