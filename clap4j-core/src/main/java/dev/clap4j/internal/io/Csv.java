package dev.clap4j.internal.io;

import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180). */
public final class Csv {
    private Csv() {}

    /** Returns a line of fields, without an end; those that contain a comma, a quote or a line break are quoted. */
    public static String line(List<String> fields) {
        return fields.stream()
                .map(field -> field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }
}
