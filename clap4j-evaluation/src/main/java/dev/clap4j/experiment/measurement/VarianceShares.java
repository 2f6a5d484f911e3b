package dev.clap4j.experiment.measurement;

import dev.clap4j.dataset.Domain;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The shares of the variance of image features that are explained by class and by image type: the between-group sum of
 * squares as a fraction of the total, of the L2-normalised features of all domains (η² of the analysis of variance, over
 * all dimensions together).
 *
 * @param imageType returns the type of an image file: painting, sketch, …; null where it is unknown
 */
public record VarianceShares(Function<Path, String> imageType) implements Measurement {
    /** The share explained by class. */
    public static final Measure BY_CLASS =
            Measure.accuracy("variance-class", "Image variance explained by class, %", "variance by class");
    /** The share explained by image type; less is better, as type is style. */
    public static final Measure BY_TYPE =
            Measure.loss("variance-type", "Image variance explained by image type, %", "variance by type");

    /** The kind of this measurement, for images of unknown types. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "variance",
            List.of("Measure how much of the variance of image features is explained by class."),
            List.of(new Setting("seed", "S", "Seed of the draw of images at a limit.", "0")),
            values -> new VarianceShares(image -> null),
            List.of(BY_CLASS, BY_TYPE));

    @Override
    public Layout layout() {
        return KIND.layout(
                "Variance of image features",
                List.of(new Layout.Table(
                        "Percent of the variance of the images' features that is explained by class and by image type.",
                        List.of(Condition.METHOD),
                        KIND.measures(),
                        false)),
                List.of());
    }

    @Override
    public List<Cell> cells(Context context) {
        return context.subject().methods().stream()
                .map(method -> Cell.of(method.condition()))
                .toList();
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        Method method = subject.method(cell.condition());
        List<Domain> domains = subject.dataset().domains();
        List<Score> scores = new ArrayList<>();
        BiConsumer<Measure, List<int[]>> score = (measure, groups) ->
                scores.add(new Score(measure, subject.condition(method), 100 * share(context.mapped(method), groups)));
        score.accept(BY_CLASS, domains.stream().map(Domain::labels).toList());
        List<String> types = subject.dataset().files().stream().map(imageType).toList();
        if (!types.contains(null)) {
            List<String> names = types.stream().distinct().sorted().toList();
            score.accept(
                    BY_TYPE,
                    domains.stream()
                            .map(domain -> domain.images().stream()
                                    .mapToInt(image -> names.indexOf(imageType.apply(image.path())))
                                    .toArray())
                            .toList());
        }
        return Results.ofScores(scores);
    }

    /**
     * Returns the share explained by groups {@code [n]} of features {@code [n, D]}, both by domain, 0 to 1; 0 if all
     * features are equal. Groups are numbered from 0.
     */
    static double share(List<FeatureMatrix> features, List<int[]> groups) {
        int dim = features.get(0).dim();
        int count = groups.stream().flatMapToInt(Arrays::stream).max().orElseThrow() + 1;
        int[] sizes = new int[count];
        double[][] sums = new double[count][dim];
        double[] all = new double[dim];
        double squares = 0;
        for (int d = 0; d < features.size(); d++) {
            int[] group = groups.get(d);
            float[] unit = features.get(d).normalised().values();
            if (unit.length != group.length * dim) {
                throw new IllegalArgumentException(features.get(d).rows() + " rows of "
                        + features.get(d).dim() + " values where " + group.length + " of " + dim + " are expected");
            }
            for (int i = 0; i < group.length; i++) {
                sizes[group[i]]++;
                for (int j = 0; j < dim; j++) {
                    double x = unit[i * dim + j];
                    sums[group[i]][j] += x;
                    all[j] += x;
                    squares += x * x;
                }
            }
        }
        int n = Arrays.stream(sizes).sum();
        double middle = squaredLength(all) / n;
        double between = -middle;
        for (int g = 0; g < count; g++) {
            between += sizes[g] == 0 ? 0 : squaredLength(sums[g]) / sizes[g];
        }
        double total = squares - middle;
        return total <= 1e-9 * squares ? 0 : between / total;
    }

    private static double squaredLength(double[] vector) {
        return Arrays.stream(vector).map(x -> x * x).sum();
    }
}
