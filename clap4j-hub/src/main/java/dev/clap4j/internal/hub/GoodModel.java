package dev.clap4j.internal.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A model that is a good choice for something.
 *
 * @param name its name
 * @param parameters the number of parameters
 * @param licence the licence of the weights
 * @param imageNet zero-shot accuracy on ImageNet, in percent
 * @param sketch the same on ImageNet-Sketch
 * @param purpose what it is good for
 */
public record GoodModel(String name, long parameters, String licence, double imageNet, double sketch, String purpose) {
    private static final int FLOAT_BYTES = 4;

    /** Returns all of them, small ones first. */
    public static List<GoodModel> all() {
        try (InputStream in = GoodModel.class.getResourceAsStream("good-models.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(GoodModel::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoodModel parse(String line) {
        List<String> cells = List.of(line.split(" *\\| *", -1));
        return new GoodModel(
                cells.get(0),
                Long.parseLong(cells.get(1)),
                cells.get(2),
                Double.parseDouble(cells.get(3)),
                Double.parseDouble(cells.get(4)),
                cells.get(5));
    }

    /** Returns about how much is downloaded: 32 bits a parameter. */
    public String download() {
        return Megabytes.shown(parameters * FLOAT_BYTES);
    }
}
