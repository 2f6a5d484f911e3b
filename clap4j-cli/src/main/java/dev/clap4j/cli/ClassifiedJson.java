package dev.clap4j.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code {"images": [{"image": …, "classes": […]}, …], "unreadable": […]}}, an object that is whole whenever it ends. */
final class ClassifiedJson implements ClassifiedRows {
    private final PrintWriter out;
    private final boolean labelled;
    private final JsonGenerator json;

    ClassifiedJson(PrintWriter out, boolean labelled) {
        this.out = out;
        this.labelled = labelled;
        try {
            this.json = Output.generator(out);
            json.writeStartObject();
            json.writeArrayFieldStart("images");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An image, as JSON shows it. */
    static Map<String, Object> object(ClassifiedImage image, boolean labelled) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("image", image.image());
        if (labelled) {
            object.put("label", image.classes().isEmpty() ? null : image.label());
        }
        object.put("classes", image.classes());
        image.sortedInto().ifPresent(file -> object.put("sortedInto", file.toString()));
        return object;
    }

    @Override
    public void add(ClassifiedImage image) {
        try {
            json.writePOJO(object(image, labelled));
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end(UnreadableImages unreadable, boolean stopped) {
        try {
            json.writeEndArray();
            json.writePOJOField("unreadable", unreadable.list());
            if (stopped) {
                json.writeStringField("outcome", "interrupted");
            }
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }
}
