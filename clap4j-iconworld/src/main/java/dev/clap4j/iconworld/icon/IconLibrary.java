package dev.clap4j.iconworld.icon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads the drawings of the icon sets: one JSON file per set in Iconify's format, read as a stream. {@link DrawingsBuild}
 * puts the files beside the classes.
 */
final class IconLibrary {
    private static final String FOLDER = "/dev/clap4j/iconworld/drawings/";
    private static final JsonFactory JSON = new JsonFactory();

    private IconLibrary() {}

    /**
     * A drawing.
     *
     * @param body SVG elements
     * @param left left edge of the view box
     * @param top top edge of the view box
     * @param width width of the view box
     * @param height height of the view box
     */
    record Drawing(String body, double left, double top, double width, double height) {
        /** Returns the drawing as an SVG document. */
        String svg() {
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" color=\"#000\""
                    + " width=\"" + width + "\" height=\"" + height + "\" viewBox=\"" + left + " " + top + " " + width
                    + " " + height + "\">" + body + "</svg>";
        }
    }

    /**
     * Reads the drawings of a set by name; names that the set lacks are left out.
     *
     * @throws ClapException if the set is not on the class path
     */
    static Map<String, Drawing> read(IconSet set, Set<String> wanted) {
        try (InputStream file = IconLibrary.class.getResourceAsStream(FOLDER + set.id() + ".json")) {
            if (file == null) {
                throw new ClapException("The drawings are not on the class path: there is no " + FOLDER + set.id()
                        + ".json; build clap4j-iconworld with Maven");
            }
            return read(file, wanted);
        } catch (IOException e) {
            throw new ClapException("The icon set " + set.id() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Reads drawings from a set's file by name. */
    static Map<String, Drawing> read(InputStream file, Set<String> wanted) throws IOException {
        return new Reader(wanted).read(JSON.createParser(file));
    }

    private static final class Reader {
        private final Set<String> wanted;
        private final Map<String, Fields> icons = new HashMap<>();
        private double width = 16;
        private double height = 16;

        Reader(Set<String> wanted) {
            this.wanted = wanted;
        }

        Map<String, Drawing> read(JsonParser json) throws IOException {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "icons" -> readIcons(json);
                    case "width" -> width = json.getDoubleValue();
                    case "height" -> height = json.getDoubleValue();
                    default -> json.skipChildren();
                }
            }
            Map<String, Drawing> found = new HashMap<>();
            for (String name : wanted) {
                Fields fields = icons.get(name);
                if (fields != null) {
                    found.put(name, fields.drawing(width, height));
                }
            }
            return found;
        }

        private void readIcons(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (wanted.contains(name)) {
                    icons.put(name, Fields.read(json));
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** The fields of an icon in the file; absent ones default to those of the set. */
    private record Fields(String body, Map<String, Double> numbers) {
        static Fields read(JsonParser json) throws IOException {
            String body = "";
            Map<String, Double> numbers = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("body")) {
                    body = json.getText();
                } else if (value.isNumeric()) {
                    numbers.put(name, json.getDoubleValue());
                } else {
                    json.skipChildren();
                }
            }
            return new Fields(body, numbers);
        }

        Drawing drawing(double setWidth, double setHeight) {
            return new Drawing(
                    body,
                    numbers.getOrDefault("left", 0.0),
                    numbers.getOrDefault("top", 0.0),
                    numbers.getOrDefault("width", setWidth),
                    numbers.getOrDefault("height", setHeight));
        }
    }
}
