package dev.clap4j.internal.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Log lines, each a JSON object. They never hold contents of requests: no texts, names, pictures or keys. */
public final class JsonLog {
    private static final int FRAMES = 12;

    private final Consumer<String> lines;

    /** Creates a log that hands on its lines. */
    public JsonLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Writes a line about the server itself. */
    public void event(String level, String event, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("message", message);
        write(level, event, fields);
    }

    /** Writes a line about a defect: the kind of error and its place, without its words, which may quote a request. */
    void defect(String id, Throwable error) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request_id", id);
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        fields.put("error", cause.getClass().getName());
        StackTraceElement[] frames = cause.getStackTrace();
        String[] shown = new String[Math.min(FRAMES, frames.length)];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = frames[i].toString();
        }
        fields.put("at", shown);
        write("error", "defect", fields);
    }

    /** Writes a line. */
    void write(String level, String event, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        all.put("level", level);
        all.put("event", event);
        all.putAll(fields);
        try {
            lines.accept(Json.MAPPER.writeValueAsString(all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
