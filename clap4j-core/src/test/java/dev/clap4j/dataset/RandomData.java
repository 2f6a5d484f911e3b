package dev.clap4j.dataset;

import dev.clap4j.feature.FeatureMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Data sets without files: an image's feature is its class's vector, its domain's, and a little of its own. */
public final class RandomData {
    private RandomData() {}

    /** So many images of each class in each domain, with styles of that length. */
    public static EncodedDataset of(int classes, int domains, int perClass, int dim, double styleLength) {
        Random random = new Random(5);
        float[][] contents = vectors(classes, dim, 1, random);
        float[][] styles = vectors(domains, dim, styleLength, random);
        List<Domain> all = new ArrayList<>();
        List<FeatureMatrix> features = new ArrayList<>();
        for (int d = 0; d < domains; d++) {
            List<LabelledImage> images = new ArrayList<>();
            List<float[]> rows = new ArrayList<>();
            for (int i = 0; i < classes * perClass; i++) {
                int label = i / perClass;
                float[] row = vectors(1, dim, 0.4, random)[0];
                for (int j = 0; j < dim; j++) {
                    row[j] += contents[label][j] + styles[d][j];
                }
                images.add(new LabelledImage(Path.of("any", "d" + d, "c" + label, i + ".png"), label));
                rows.add(row);
            }
            all.add(new Domain("d" + d, images));
            features.add(FeatureMatrix.ofRows(Collections.nCopies(rows.size(), ""), dim, rows));
        }
        List<String> names = IntStream.range(0, classes).mapToObj(c -> "c" + c).toList();
        return new EncodedDataset(new Dataset(Path.of("any"), names, all), features);
    }

    private static float[][] vectors(int count, int dim, double length, Random random) {
        float[][] vectors = new float[count][dim];
        for (float[] vector : vectors) {
            for (int j = 0; j < dim; j++) {
                vector[j] = (float) (length * random.nextGaussian());
            }
        }
        return vectors;
    }
}
