package dev.clap4j.iconworld.icon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A build step: copies the drawings used by icon world from the Iconify collection. They are a hundredth of its 400 MB: the
 * icons of the concepts in eleven sets, unchanged, with a notice of their authors.
 *
 * <p>Only the build has the collection on its class path, and this class is not part of the jar.
 */
final class DrawingsBuild {
    private static final String WEBJAR = "org.webjars.npm/iconify__json";
    private static final JsonFactory JSON = new JsonFactory();

    private DrawingsBuild() {}

    /**
     * Writes the drawings of all sets.
     *
     * @param arguments the folder of the compiled classes
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0], "dev", "clap4j", "iconworld", "drawings"));
        for (IconSet set : IconSet.values()) {
            try (InputStream all = collection(set);
                    JsonParser from = JSON.createParser(all);
                    JsonGenerator to =
                            JSON.createGenerator(Files.newOutputStream(folder.resolve(set.id() + ".json")))) {
                copy(from, to);
            }
        }
    }

    /** Returns all names that sets may use for the concepts. */
    static Set<String> names() {
        return Concept.ALL.stream().flatMap(concept -> concept.icons().stream()).collect(Collectors.toSet());
    }

    /** Opens a whole set of the collection. */
    static InputStream collection(IconSet set) throws IOException {
        Properties about = new Properties();
        try (InputStream file = resource("/META-INF/maven/" + WEBJAR + "/pom.properties")) {
            about.load(file);
        }
        return resource("/META-INF/resources/webjars/iconify__json/" + about.getProperty("version") + "/json/"
                + set.id() + ".json");
    }

    private static InputStream resource(String name) throws IOException {
        InputStream file = DrawingsBuild.class.getResourceAsStream(name);
        if (file == null) {
            throw new FileNotFoundException("The Iconify collection is not on the class path: there is no " + name);
        }
        return file;
    }

    private static void copy(JsonParser from, JsonGenerator to) throws IOException {
        from.nextToken();
        to.writeStartObject();
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            String field = from.currentName();
            from.nextToken();
            switch (field) {
                case "prefix", "info", "width", "height" -> {
                    to.writeFieldName(field);
                    to.copyCurrentStructure(from);
                }
                case "icons" -> copyIcons(from, to);
                default -> from.skipChildren();
            }
        }
        to.writeEndObject();
    }

    private static void copyIcons(JsonParser from, JsonGenerator to) throws IOException {
        Set<String> wanted = names();
        to.writeObjectFieldStart("icons");
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            String name = from.currentName();
            from.nextToken();
            if (wanted.contains(name)) {
                to.writeFieldName(name);
                to.copyCurrentStructure(from);
            } else {
                from.skipChildren();
            }
        }
        to.writeEndObject();
    }
}
