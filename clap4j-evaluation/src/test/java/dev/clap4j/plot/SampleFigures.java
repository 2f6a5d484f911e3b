package dev.clap4j.plot;

import dev.clap4j.feature.FeatureMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A figure of every kind, of made-up numbers. */
final class SampleFigures {
    private SampleFigures() {}

    static final List<String> PACS = List.of("dog", "elephant", "giraffe", "guitar", "horse", "house", "person");

    private static Series series(String name, List<Double> x, List<Double> y, List<Double> deviation) {
        return new Series(
                name,
                IntStream.range(0, y.size())
                        .mapToObj(i -> new Series.Value(x.get(i), y.get(i), deviation.get(i)))
                        .toList());
    }

    static Series line(String name, List<Double> x, List<Double> y) {
        return series(name, x, y, Collections.nCopies(x.size(), 0.0));
    }

    /** Returns bars with whiskers. */
    private static Series bars(String name, List<Double> values, List<Double> deviation) {
        return series(name, values, values, deviation);
    }

    /** Returns bars without whiskers. */
    static Series bars(String name, List<Double> values) {
        return line(name, values, values);
    }

    /** Blobs of points by class on three maps. */
    static Figure maps(int classes, int perClass) {
        Random random = new Random(1);
        List<String> names = classes == PACS.size()
                ? PACS
                : IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
        List<ScatterPanel> panels = new ArrayList<>();
        for (String method : List.of("CLIP", "Im.Aug α=0.2", "CLAP α=0.208")) {
            float[] values = new float[2 * classes * perClass];
            int[] labels = new int[classes * perClass];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i / perClass;
                double angle = 2 * Math.PI * labels[i] / classes;
                double spread = 12 - 3 * panels.size();
                values[2 * i] = (float) (30 * Math.cos(angle) + spread * random.nextGaussian());
                values[2 * i + 1] = (float) (30 * Math.sin(angle) + spread * random.nextGaussian());
            }
            FeatureMatrix places = new FeatureMatrix(Collections.nCopies(labels.length, ""), 2, values);
            panels.add(
                    new ScatterPanel(method, places, labels, names, "silhouette 0.412 on the map, 0.101 in features"));
        }
        return Figure.of("Image features of art_painting by class", "Made-up points, perplexity 30, seed 0.", panels);
    }

    static Figure bars() {
        List<String> domains = List.of("art_painting", "cartoon", "photo", "sketch", "mean");
        List<BarPanel> panels = new ArrayList<>();
        for (String prompt : List.of("C, the class name", "PC, a photo of a …", "CP, … in a photo", "NC, noise")) {
            panels.add(new BarPanel(
                    prompt,
                    Axis.of("accuracy (%)").from(0, 100),
                    domains,
                    List.of(
                            bars("CLIP", List.of(93.4, 96.1, 99.2, 85.7, 93.6)),
                            bars("Im.Aug", List.of(94.0, 96.4, 99.3, 86.9, 94.2), List.of(0.5, 0.4, 0.2, 1.1, 0.4)),
                            bars("CLAP", List.of(96.2, 97.6, 99.6, 89.0, 95.6), List.of(0.4, 0.2, 0.1, 0.9, 0.3)))));
        }
        return new Figure(
                "Zero-shot accuracy by prompt and domain",
                "Made-up numbers; whiskers are deviations over 3 heads.",
                List.copyOf(panels),
                2);
    }

    static Figure robustness() {
        List<String> attacks = List.of("clean", "FGSM", "PGD-20", "CW-20");
        BarPanel panel = new BarPanel(
                "",
                Axis.of("accuracy (%)").from(0, 100),
                attacks,
                List.of(
                        bars("CLIP", List.of(93.6, 31.9, 3.2, 1.1)),
                        bars("Im.Aug", List.of(94.2, Double.NaN, 4.6, 2.0)),
                        bars("CLAP", List.of(95.6, 41.7, 8.4, 3.5))));
        return Figure.of("Robustness to adversarial images", "Made-up numbers, ε = 8/255.", List.of(panel));
    }

    static Figure shots() {
        List<Double> shots = List.of(1.0, 4.0, 8.0, 16.0, 32.0);
        LinePanel panel = new LinePanel(
                "",
                Axis.of("images a class", Axis.Scale.LOGARITHMIC),
                Axis.of("accuracy (%)"),
                List.of(
                        series("CLIP", shots, List.of(61.0, 78.5, 84.1, 88.0, 90.6), List.of(3.1, 1.5, 1.0, 0.7, 0.3)),
                        series(
                                "Im.Aug",
                                shots,
                                List.of(66.2, 80.2, 85.0, 88.3, 90.8),
                                List.of(2.8, 1.4, 0.9, 0.6, 0.3)),
                        series(
                                "CLAP",
                                shots,
                                List.of(74.9, 84.0, 87.1, 89.4, 91.1),
                                List.of(2.0, 1.1, 0.8, 0.5, 0.2))));
        return Figure.of(
                "Linear probe on few images", "Made-up numbers; whiskers are deviations over 5 seeds.", List.of(panel));
    }

    static Figure ablations() {
        List<Double> sizes = List.of(128.0, 192.0, 256.0, 384.0, 448.0, 512.0);
        List<Double> alphas = List.of(0.03, 0.056, 0.1, 0.14, 0.208, 0.3, 0.5, 1.0);
        return Figure.of(
                "Ablations",
                "Made-up numbers.",
                List.of(
                        new LinePanel(
                                "Hidden dimension L",
                                Axis.of("L", Axis.Scale.EVEN),
                                Axis.of("accuracy (%)"),
                                List.of(
                                        line("PACS", sizes, List.of(94.1, 95.0, 95.6, 95.4, 95.3, 95.1)),
                                        line("VLCS", sizes, List.of(81.0, 81.9, 82.2, 82.6, 82.5, 82.7)))),
                        new LinePanel(
                                "Strength α at inference",
                                Axis.of("α", Axis.Scale.LOGARITHMIC),
                                Axis.of("accuracy (%)"),
                                List.of(
                                        line("PACS", alphas, List.of(94.0, 94.6, 95.1, 95.4, 95.6, 95.3, 94.0, 91.2)),
                                        line(
                                                "VLCS",
                                                alphas,
                                                List.of(82.3, 82.6, 82.4, 82.2, 81.7, 80.4, 78.0, 70.3))))));
    }

    /** Many bars with names too long for one line. */
    static Figure longNames() {
        List<Series> bars = IntStream.range(0, 10)
                .mapToObj(i -> bars(
                        i + ", a method with a rather long name".repeat(1 + i / 2),
                        List.of(20.0 + 5 * i, i - 12.0),
                        List.of(1.0, 2.0)))
                .toList();
        BarPanel panel = new BarPanel(
                "A panel of many bars ".repeat(6).strip(), Axis.of("gain (points)"), List.of("photo", "sketch"), bars);
        return Figure.of("Long names ".repeat(9).strip(), "", List.of(panel));
    }

    /** Lines with gaps, and more points than labels have room for. */
    static Figure gaps() {
        List<Double> epochs =
                IntStream.rangeClosed(1, 60).mapToObj(i -> (double) i).toList();
        List<Double> losses =
                epochs.stream().map(e -> e % 10 == 0 ? Double.NaN : 300 / e).toList();
        return Figure.of(
                "Loss by epoch",
                "Made-up numbers.",
                List.of(new LinePanel(
                        "",
                        Axis.of("epoch", Axis.Scale.LOGARITHMIC),
                        Axis.of("loss (nats)"),
                        List.of(line("training", epochs, losses), line("best", List.of(42.0), List.of(2.5))))));
    }
}
