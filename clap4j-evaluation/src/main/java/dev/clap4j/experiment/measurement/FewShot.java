package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.MeasurementKind.Setting;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Subject;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeOptions;
import dev.clap4j.training.probe.ProbeRecipe;
import dev.clap4j.training.probe.RegressionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Few-shot accuracy (CLAP, section 4.2): a linear probe on the features of a few labelled images per class, trained in
 * each domain on its own.
 *
 * <p>All methods see the same labelled images and start their probes from the same weights. Besides the published value,
 * measured on the whole training domain, there are two stricter ones: without the labelled images, and on the other
 * domains, where no image can be a near copy of a labelled one in the same style. The domain of a score is the one that
 * the probe was trained in; of averaged draws, the one that it was tested on.
 *
 * <p>The labelled images are kept in {@code support.json} in the run directory, which may be written by hand.
 *
 * @param shots labelled images of each class, ascending, each at least 1
 * @param draws the seeds of their draws, 1 to {@link Seeds#MOST}
 * @param recipe the training recipe of the probes
 * @param averageDraws whether scores are averaged over the draws, with values of single images, instead of one score for
 *     each draw
 */
public record FewShot(List<Integer> shots, List<Long> draws, ProbeRecipe recipe, boolean averageDraws)
        implements Measurement {
    /** Accuracy on all images of the domain, labelled ones included, as in the paper. */
    public static final Measure PROBE =
            Measure.accuracy("probe", "{shots}-shot probe, {data} domains, all images", "{shots}-shot");
    /** Accuracy on the unlabelled images of the domain. */
    public static final Measure UNLABELLED =
            Measure.accuracy("probe-unlabelled", "{shots}-shot probe, {data} domains, other images", "other images");
    /** Accuracy on the other domains, averaged. */
    public static final Measure OTHER_DOMAINS = Measure.accuracy(
            "probe-other-domains", "{shots}-shot probe, from one {data} domain to the others", "other domains");
    /** The L2 penalty λ chosen by logistic regression. */
    public static final Measure L2 =
            new Measure("probe-l2", "{shots}-shot probe, L2 penalty λ", "λ", false, Measure.Unit.NUMBER);

    /** The numbers of shots in the paper. */
    public static final List<Integer> SHOTS = List.of(1, 4, 8, 16, 32);

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "fewshot",
            List.of(
                    "Measure linear classifiers trained on a few images per class.",
                    "They are trained on the features of CLIP and of heads; all methods see the same images. The table shows"
                            + " the accuracy in each domain by the number of labelled images per class (shots), its mean"
                            + " over the domains, and two stricter means: without the labelled images, and on the domains"
                            + " where none was labelled."),
            List.of(
                    new Setting(
                            "shots", "K", "Labelled images of each class in each domain, with commas.", joined(SHOTS)),
                    new Setting("seeds", "N", "How often these are drawn anew.", "5"),
                    new Setting(
                            "seed", "S", "The first of these seeds, and that of the draw of images at a limit.", "0"),
                    new Setting(
                            "probe",
                            "official|lbfgs",
                            "How a classifier is trained: with Adam, as published, which keeps the weights of the last pass"
                                    + " whose training loss improved; or by logistic regression, its regularisation chosen"
                                    + " by cross-validation on the labelled images.",
                            ProbeOptions.OFFICIAL.name())),
            values -> of(
                    values.wholes("shots"),
                    Seeds.from(values.seed("seed"), values.whole("seeds")),
                    values.choice("probe", ProbeRecipe::name, List.of(ProbeOptions.OFFICIAL, RegressionOptions.USUAL))),
            List.of(PROBE, UNLABELLED, OTHER_DOMAINS, L2));

    /**
     * Sorts the shots.
     *
     * @throws ClapException if there are no shots or too many draws, a number is below 1, or one is repeated
     */
    public FewShot {
        shots = shots.stream().sorted().toList();
        draws = List.copyOf(draws);
        if (shots.isEmpty() || shots.get(0) < 1 || new HashSet<>(shots).size() < shots.size()) {
            throw new ClapException(
                    "Shots are numbers of labelled images of a class, each from 1 on and named once, not " + shots);
        }
        if (draws.size() > Seeds.MOST) {
            throw new ClapException("There should be at most " + Seeds.MOST + " seeds, but are " + draws.size());
        }
        if (draws.isEmpty() || new HashSet<>(draws).size() < draws.size()) {
            throw new ClapException("At least one seed is needed, and each once, not " + draws);
        }
    }

    /** Returns the measurement with a score for each draw. */
    public static FewShot of(List<Integer> shots, List<Long> draws, ProbeRecipe recipe) {
        return new FewShot(shots, draws, recipe, false);
    }

    /** Returns the measurement with scores averaged over the draws. */
    public static FewShot averaged(int shots, List<Long> draws, ProbeRecipe recipe) {
        return new FewShot(List.of(shots), draws, recipe, true);
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("shots", joined(shots));
        options.put("draws", joined(draws));
        options.put("probe", recipe.name());
        recipe.describe().forEach((name, value) -> options.put("probe-" + name, value));
        return options;
    }

    private static String joined(List<?> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public Layout layout() {
        return KIND.layout(
                "Few-shot",
                List.of(new Layout.Table(
                        "Accuracy in percent of " + recipe.name() + " linear probes by the number of labelled images of"
                                + " each class (shots). Domains and their mean include the labelled images, as published;"
                                + " columns of other images or domains do not.",
                        List.of(Condition.METHOD, Condition.SHOTS),
                        List.of(PROBE, UNLABELLED, OTHER_DOMAINS),
                        true)),
                List.of(new Layout.Plot(
                        "Linear probe on few labelled images",
                        List.of(PROBE, UNLABELLED, OTHER_DOMAINS),
                        "",
                        Condition.SHOTS,
                        "labelled images a class")));
    }

    /** Refuses a single domain whose images would all be labelled. */
    @Override
    public void check(Dataset dataset) {
        int fewest = shots.get(0);
        SupportSet support = SupportSet.draw(dataset, fewest, 0);
        if (dataset.domains().size() == 1 && support.unlabelled(dataset, 0, fewest).length == 0) {
            throw new ClapException(
                    "All images in " + dataset.root() + " would be labelled for probes of " + fewest
                            + " shots, and none would be left to test them on; bring more images of a class, or another domain");
        }
    }

    @Override
    public List<String> cautions(Dataset dataset) {
        int smallest = dataset.smallestClass();
        return smallest > mostShots()
                ? List.of()
                : List.of(
                        "The smallest class of a domain has " + smallest + " images, so with as many shots and more all"
                                + " of them are labelled and few or none are left to test on");
    }

    private int mostShots() {
        return shots.get(shots.size() - 1);
    }

    /** Checks {@code support.json}, which may lack a draw or shots, or be of another data set. */
    @Override
    public void checkBrought(Path folder, Dataset dataset) {
        Path file = folder.resolve(SupportFile.NAME);
        if (Files.exists(file)) {
            new SupportFile(file, dataset).read(mostShots(), draws);
        }
    }

    @Override
    public List<Cell> cells(Context context) {
        Subject subject = context.subject();
        List<Cell> cells = new ArrayList<>();
        for (Method method : subject.methods()) {
            for (int count : shots) {
                for (long draw : draws) {
                    for (int d = 0; d < subject.dataset().domains().size(); d++) {
                        cells.add(Cell.of(method.condition()
                                .with(Condition.SHOTS, count)
                                .with(Condition.DRAW, draw)
                                .with(Condition.DOMAIN, subject.domain(d))));
                    }
                }
            }
        }
        return cells;
    }

    /** Returns true: probes of as many shots take about the same time. */
    @Override
    public boolean isParallel() {
        return true;
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        Method method = subject.method(cell.condition());
        int domain = subject.domain(cell.condition());
        int count = Integer.parseInt(cell.condition().get(Condition.SHOTS));
        SupportSet support = support(context, Long.parseLong(cell.condition().get(Condition.DRAW)));
        List<FeatureMatrix> mapped = context.mapped(method);
        LinearProbe probe = support.train(subject.dataset(), domain, mapped.get(domain), count, recipe);
        List<double[]> correct = IntStream.range(0, mapped.size())
                .mapToObj(d -> ImageValues.correct(probe.predict(mapped.get(d)), subject.labels(d)))
                .toList();
        int[] unlabelled = support.unlabelled(subject.dataset(), domain, count);
        Condition condition = subject.condition(method).and(cell.condition());
        ProbeAnswers answers = new ProbeAnswers(condition, domain, unlabelled, correct);
        return averageDraws ? Results.ofImages(answers.images(subject)) : Results.ofScores(answers.scores(probe.l2()));
    }

    private SupportSet support(Context context, long draw) {
        Subject subject = context.subject();
        List<SupportSet> all = context.shared(
                "support",
                "",
                () -> context.folder() == null
                        ? SupportSet.draw(subject.dataset(), mostShots(), draws)
                        : SupportFile.in(context.folder(), subject).open(mostShots(), draws));
        return all.get(draws.indexOf(draw));
    }

    /** Averages values of single images over the probes of each draw, then over the draws. */
    @Override
    public Results results(List<Results> cells, Context context) {
        Results all = Results.all(cells);
        Map<Map.Entry<Measure, Condition>, Map<String, List<double[]>>> byDraw = all.images().stream()
                .collect(Collectors.groupingBy(
                        each -> Map.entry(
                                each.measure(), each.condition().without(Condition.DRAW, ProbeAnswers.TRAINED_IN)),
                        LinkedHashMap::new,
                        Collectors.groupingBy(
                                each -> each.condition().get(Condition.DRAW),
                                LinkedHashMap::new,
                                Collectors.mapping(ImageValues::values, Collectors.toList()))));
        List<ImageValues> means = new ArrayList<>();
        byDraw.forEach((key, values) -> means.add(ImageValues.of(
                key.getKey(),
                key.getValue(),
                mean(values.values().stream().map(FewShot::mean).toList()))));
        return Results.ofScores(all.scores()).and(Results.ofImages(means).withMeans());
    }

    private static double[] mean(List<double[]> rows) {
        double[] mean = new double[rows.get(0).length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.size();
            }
        }
        return mean;
    }
}
