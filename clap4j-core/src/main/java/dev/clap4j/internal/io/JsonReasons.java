package dev.clap4j.internal.io;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Describes why and where a text is not valid JSON, without the parser's internals. */
public final class JsonReasons {
    private JsonReasons() {}

    /** Returns the reason: {@code at line 3, column 7: Unexpected character …}. */
    public static String of(JsonProcessingException e) {
        String what = e.getOriginalMessage()
                .replaceFirst(" \\(start marker at .*", "")
                .replaceFirst(", from `[^`]*`", "");
        JsonLocation location = e.getLocation();
        return location == null
                ? what
                : "at line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + what;
    }
}
