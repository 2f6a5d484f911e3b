package dev.clap4j.tsne;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.feature.FeatureMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Overlapping blobs of points in ten dimensions from a generator that any language can repeat, and what scikit-learn
 * says of them, see the note in the file.
 */
final class Blobs {
    static final int CLASSES = 6;
    static final int DIM = 10;

    private static final long MODULUS = 1L << 31;

    private long state = 1;

    private Blobs() {}

    /** Returns points; a larger number begins with the same ones. */
    static FeatureMatrix points(int count) {
        Blobs blobs = new Blobs();
        double[] centres = new double[CLASSES * DIM];
        for (int k = 0; k < centres.length; k++) {
            centres[k] = 2 * blobs.next();
        }
        float[] values = new float[count * DIM];
        for (int k = 0; k < values.length; k++) {
            double centre = centres[k / DIM % CLASSES * DIM + k % DIM];
            values[k] = (float) (centre + blobs.next() + blobs.next() + blobs.next());
        }
        return new FeatureMatrix(ids(count), DIM, values);
    }

    /** Uniform from −1/2 to 1/2. */
    private double next() {
        state = (state * 1103515245 + 12345) % MODULUS;
        return (double) state / MODULUS - 0.5;
    }

    /** The blob of each point: every sixth is of the same. */
    static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> i % CLASSES).toArray();
    }

    /** Four times the first two numbers of each point. */
    static FeatureMatrix flat(FeatureMatrix points) {
        float[] values = points.values();
        float[] flat = new float[2 * points.rows()];
        for (int i = 0; i < points.rows(); i++) {
            flat[2 * i] = 4 * values[i * DIM];
            flat[2 * i + 1] = 4 * values[i * DIM + 1];
        }
        return new FeatureMatrix(points.ids(), 2, flat);
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    /** Scikit-learn's figures. */
    static JsonNode reference() {
        try (InputStream file = Blobs.class.getResourceAsStream("reference.json")) {
            return new JsonMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
