package dev.clap4j.experiment.measurement;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.evaluation.Metrics;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.measurement.attack.AttackBatch;
import dev.clap4j.experiment.measurement.attack.AttackGrid;
import dev.clap4j.experiment.measurement.attack.AttackMeasures;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.experiment.measurement.attack.AttackWarnings;
import dev.clap4j.experiment.measurement.attack.AttackedImages;
import dev.clap4j.experiment.measurement.attack.DomainSample;
import dev.clap4j.experiment.measurement.attack.Examples;
import dev.clap4j.experiment.measurement.attack.Targets;
import dev.clap4j.internal.attack.Attacked;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Robustness to adversarial attacks (CLAP, section 4.2): accuracy on images that were changed so as to change the
 * prediction. All methods are attacked on the same images from the same random starts.
 *
 * @param attacks the attacks, their bound and their target
 */
public record Robustness(AttackOptions attacks) implements Measurement {
    /** All measures. */
    public static final List<Measure> MEASURES = Stream.of(AttackOptions.Classifier.values())
            .flatMap(classifier -> AttackMeasures.of(classifier).list().stream())
            .toList();

    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "attack",
            List.of(
                    "Measure how CLIP and heads withstand adversarial attacks.",
                    "An attack changes pixels slightly, so as to change the answer. The run directory gets a picture for"
                            + " each method. A run that was stopped continues after its last finished batch with --resume."),
            AttackOptions.SETTINGS,
            values -> new Robustness(AttackOptions.of(values)),
            MEASURES,
            true);

    private static final String BATCH = "batch";

    /** An attack on a batch, which is a cell. */
    private record Part(Method method, AttackBatch batch, String domain, Attack attack) {
        Condition condition() {
            return method.condition()
                    .with(Condition.ATTACK, attack.name())
                    .with(Condition.DOMAIN, domain)
                    .with(BATCH, batch.number());
        }
    }

    @Override
    public String id() {
        return KIND.id();
    }

    @Override
    public Map<String, String> options() {
        return attacks.describe();
    }

    private AttackMeasures measures() {
        return AttackMeasures.of(attacks.classifier());
    }

    private boolean isZeroShot() {
        return attacks.classifier() == AttackOptions.Classifier.ZEROSHOT;
    }

    @Override
    public Layout layout() {
        String title = "Adversarial attacks on " + (isZeroShot() ? "zero-shot classification" : "1-shot probes");
        String caption = "Accuracy in percent, threat model " + attacks.threatName() + ", ε = " + attacks.epsilon()
                + " (L∞)" + (isZeroShot() ? "; C is attacked, the other prompts see the same images" : "")
                + ". Success: how many of the images recognised without attack are not any more.";
        return new Layout(
                title,
                List.of(new Layout.Table(
                        caption,
                        List.of(Condition.METHOD, Condition.ATTACK, Condition.PROMPT),
                        measures().list(),
                        true)),
                List.of(new Layout.Plot(
                        "Accuracy under adversarial attacks",
                        List.of(measures().accuracy()),
                        Condition.PROMPT,
                        Condition.ATTACK,
                        "")));
    }

    @Override
    public void check(Dataset dataset) {
        attacks.attacks()
                .forEach(attack -> attack.requireClasses(dataset.classes().size()));
    }

    private static ClipModel model(Subject subject) {
        return subject.model()
                .orElseThrow(() -> new ClapException(
                        "Attacks change images so as to change what a model says of them, but there are only features"
                                + " computed elsewhere; give a model and images"));
    }

    private static Preprocessing preprocessing(Subject subject) {
        return ClipImageModel.preprocessing(model(subject).checkpoint());
    }

    private List<AttackBatch> batches(Subject subject) {
        return AttackBatch.of(
                DomainSample.draw(subject.dataset(), attacks.limit(), attacks.seed()),
                preprocessing(subject).size());
    }

    private List<Part> parts(Subject subject) {
        check(subject.dataset());
        List<AttackBatch> batches = batches(subject);
        List<Part> parts = new ArrayList<>();
        for (Method method : subject.methods()) {
            for (AttackBatch batch : batches) {
                for (Attack attack : attacks.withBaselines()) {
                    parts.add(new Part(method, batch, subject.domain(batch.domain()), attack));
                }
            }
        }
        return parts;
    }

    @Override
    public List<Cell> cells(Context context) {
        int classes = context.subject().dataset().classes().size();
        return parts(context.subject()).stream()
                .map(part -> new Cell(
                        part.condition(),
                        Math.max(
                                1,
                                (long) part.attack().gradients(classes)
                                        * part.batch().size())))
                .toList();
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        Map<Condition, Part> parts = context.shared("attack parts", "", () -> parts(subject).stream()
                .collect(Collectors.toMap(Part::condition, part -> part)));
        Part part = parts.get(cell.condition());
        AttackBatch batch = part.batch();
        ClipModel clip = model(subject);
        Victim victim = context.shared("victim", part.method().condition(), () -> victim(clip, part.method()));
        Attacker attacker = new Attacker(victim, attacks.threat(), attacks.epsilon());
        Targets targets = context.shared("attack targets", "", () -> new Targets(clip, subject.dataset(), attacks));
        Targets.Target target = context.shared(
                "attack target",
                part.condition().without(Condition.ATTACK, BATCH),
                () -> targets.get(part.method(), batch.domain()));
        TensorData images = context.shared(
                "attacked images", List.of(batch.domain(), batch.number()), () -> batch.decode(attacker));
        Attacked attacked = batch.attack(
                attacker, part.attack(), target.scorer(part.attack()), images, new Streams(attacks.seed()), steps);
        Map<String, int[]> predicted = target.predict(attacked.features(), batch.number());
        float[] before = attacks.threat().pixels(images.toFloats(), victim.preprocessing());
        float[] after = attacks.threat().pixels(attacked.images().toFloats(), victim.preprocessing());
        examples(context)
                .save(
                        example(subject, part.method(), batch, part.attack()),
                        batch,
                        after,
                        predicted.get(attacks.classifier().prompt()));
        Condition condition = subject.condition(part.method())
                .with(Condition.ATTACK, part.attack().name())
                .with(Condition.PROMPT, attacks.classifier().prompt())
                .with(Condition.DOMAIN, part.domain());
        List<ImageValues> values = new ArrayList<>();
        predicted.forEach((prompt, classes) -> values.add(ImageValues.of(
                measures().accuracy(),
                condition.with(Condition.PROMPT, prompt),
                ImageValues.correct(classes, batch.labels()))));
        values.add(ImageValues.of(measures().change(), condition, changes(before, after, batch.size())));
        values.add(ImageValues.of(
                measures().zeroGradients(), condition, marks(attacked.trace().zeroGradients())));
        return Results.ofImages(
                values.stream().map(each -> each.at(batch.from())).toList());
    }

    private static Victim victim(ClipModel clip, Method method) {
        if (method.alpha() == null) {
            return Victim.clip(clip.checkpoint());
        }
        if (method.head() == null) {
            throw new IllegalArgumentException(method.name() + " has no head that could be differentiated");
        }
        return Victim.clap(clip.checkpoint(), method.head(), method.alpha());
    }

    /** Returns the largest change of each image, in levels. */
    private static double[] changes(float[] before, float[] after, int images) {
        int values = before.length / images;
        double[] changes = new double[images];
        for (int i = 0; i < images; i++) {
            float largest = 0;
            for (int j = i * values; j < (i + 1) * values; j++) {
                largest = Math.max(largest, Math.abs(after[j] - before[j]));
            }
            changes[i] = Math.round(largest * 255e3) / 1e3;
        }
        return changes;
    }

    private static double[] marks(boolean[] marked) {
        double[] marks = new double[marked.length];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = marked[i] ? 1 : 0;
        }
        return marks;
    }

    @Override
    public Results results(List<Results> cells, Context context) {
        return AttackedImages.of(
                        cells.stream().flatMap(cell -> cell.images().stream()).toList(), attacks)
                .and(pictures(context));
    }

    @Override
    public List<String> warnings(List<Score> scores) {
        return AttackWarnings.of(scores, attacks);
    }

    private static Examples examples(Context context) {
        return new Examples(context.folder().resolve("examples"));
    }

    private String example(Subject subject, Method method, AttackBatch batch, Attack attack) {
        String words = attack.name().replace(' ', '-');
        return name(subject, method) + "-domain" + batch.domain() + "-batch" + batch.number() + "-" + words;
    }

    /** Returns the part of a method in the names of files. */
    private String name(Subject subject, Method method) {
        List<String> names = new ArrayList<>();
        for (Method each : subject.methods()) {
            String title = subject.condition(each).title();
            names.add(FileNames.withUnderscores(
                    isZeroShot() ? title : attacks.classifier().prompt() + " " + title, names));
        }
        return names.get(subject.methods().indexOf(method));
    }

    private Results pictures(Context context) {
        Subject subject = context.subject();
        List<AttackBatch> batches = batches(subject);
        List<String> names = attacks.withBaselines().stream().map(Attack::name).toList();
        int side = preprocessing(subject).size();
        Map<String, String> captions = new LinkedHashMap<>();
        for (Method method : subject.methods()) {
            String title = method.condition().title();
            List<AttackGrid.Row> rows = batches.stream()
                    .flatMap(batch -> rows(batch, method, context).stream())
                    .toList();
            String file = "grid-" + name(subject, method) + ".png";
            new AttackGrid(
                            side,
                            names,
                            title + " under attack, " + attacks.threatName() + " threat, ε = " + attacks.epsilon(),
                            rows)
                    .write(context.folder().resolve(file));
            captions.put(file, title + ": images, changes (magnified) and attacked images; ε = " + levels(subject));
        }
        return new Results(List.of(), List.of(), captions);
    }

    /** Returns epsilon in levels of an image file, once if it is the same for all colours. */
    private String levels(Subject subject) {
        return DoubleStream.of(attacks.threat().levels(attacks.epsilon(), preprocessing(subject)))
                .mapToObj(Metrics::twoDecimals)
                .distinct()
                .collect(Collectors.joining(", ", "", "/255"));
    }

    private List<AttackGrid.Row> rows(AttackBatch batch, Method method, Context context) {
        Subject subject = context.subject();
        List<String> classes = subject.dataset().classes();
        List<List<Examples.Example>> attacked = attacks.withBaselines().stream()
                .map(attack -> examples(context).load(example(subject, method, batch, attack), batch))
                .toList();
        List<AttackGrid.Row> rows = new ArrayList<>();
        for (int i = 0; i < batch.examples().length; i++) {
            int image = i;
            int label = batch.labels()[batch.examples()[i]];
            rows.add(new AttackGrid.Row(
                    subject.domain(batch.domain()),
                    classes.get(label),
                    attacked.stream()
                            .map(examples -> examples.get(image))
                            .map(example -> new AttackGrid.Cell(
                                    example.pixels(), classes.get(example.predicted()), example.predicted() == label))
                            .toList()));
        }
        return rows;
    }
}
