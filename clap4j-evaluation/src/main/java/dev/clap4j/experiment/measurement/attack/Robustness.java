package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.ClapException;
import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.experiment.Cell;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Context;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Layout;
import dev.clap4j.experiment.Measurement;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.PromptSet;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Measures;
import dev.clap4j.internal.attack.Attacked;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.ThreatImages;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Robustness to adversarial attacks (CLAP, section 4.2): accuracy on images that were changed so as to change the
 * prediction. All methods are attacked on the same images from the same random starts.
 *
 * @param attacks the attacks, their bound and their target
 */
public record Robustness(AttackOptions attacks) implements Measurement {
    /** The kind of this measurement. */
    public static final MeasurementKind KIND = new MeasurementKind(
            "attack",
            List.of(
                    "Measure how CLIP and heads withstand adversarial attacks.",
                    "An attack changes pixels slightly, so as to change the answer. The run directory gets a picture for"
                            + " each method. A run that was stopped and is resumed continues after its last finished batch."),
            AttackOptions.SETTINGS,
            values -> new Robustness(AttackOptions.of(values)),
            Stream.of(AttackOptions.Classifier.values())
                    .flatMap(classifier -> classifier.measures().all().stream())
                    .toList(),
            true,
            true);

    private static final String BATCH = "batch";

    @Override
    public Map<String, String> options() {
        return attacks.describe();
    }

    @Override
    public Layout layout() {
        String title =
                "Adversarial attacks on " + (attacks.isZeroShot() ? "zero-shot classification" : "1-shot probes");
        String threat = "threat model " + attacks.threatName() + ", ε = " + attacks.epsilons() + " (L∞)";
        Measures measures = attacks.classifier().measures();
        List<String> rows = new ArrayList<>(List.of(Condition.METHOD, Condition.ATTACK, Condition.PROMPT));
        if (attacks.epsilons().isCurve()) {
            rows.add(1, Condition.EPSILON);
        }
        Layout.Table table = new Layout.Table(
                "Accuracy in percent, " + threat
                        + ". Success: how many of the images recognised without attack are not any more"
                        + (attacks.isZeroShot()
                                ? ", with the prompt that is attacked; the other prompts see the same images."
                                : "."),
                rows,
                measures.ofAttack(),
                true);
        if (!attacks.epsilons().isCurve()) {
            return KIND.layout(
                    title,
                    List.of(table),
                    List.of(new Layout.Plot(
                            "Accuracy under adversarial attacks",
                            List.of(measures.accuracy()),
                            Condition.PROMPT,
                            Condition.ATTACK,
                            "")));
        }
        Layout.Table curve = new Layout.Table(
                "robust accuracy",
                "Robust accuracy in percent, by ε in 1/255: images recognised without attack and under every attack up to"
                        + " that ε; threat model " + attacks.threatName() + ".",
                List.of(Condition.METHOD, Condition.EPSILON),
                List.of(measures.robust()),
                true);
        return KIND.layout(
                title,
                List.of(table, curve),
                List.of(new Layout.Plot(
                        "Robust accuracy", List.of(measures.robust()), "", Condition.EPSILON, "ε in 1/255")));
    }

    @Override
    public void check(Dataset dataset) {
        attacks.attacks()
                .forEach(attack -> attack.requireClasses(dataset.classes().size()));
    }

    /** Always fails, because attacks need the gradients of a model. */
    @Override
    public Measurement withPrompts(Function<List<String>, List<PromptSet>> prompts) {
        throw needsModel();
    }

    private static ClapException needsModel() {
        return new ClapException("Attacks change images so as to change what a model says of them, but there are only"
                + " features computed elsewhere; give a model and images");
    }

    private static ClipModel model(Subject subject) {
        return subject.model().orElseThrow(Robustness::needsModel);
    }

    private static Preprocessing preprocessing(Subject subject) {
        return ClipImageModel.preprocessing(model(subject).checkpoint());
    }

    private List<AttackBatch> batches(Subject subject) {
        int side = preprocessing(subject).size();
        return AttackBatch.of(subject.dataset(), attacks.limit(), attacks.seed(), side);
    }

    @Override
    public List<Cell> cells(Context context) {
        Subject subject = context.subject();
        check(subject.dataset());
        int classes = subject.dataset().classes().size();
        List<AttackBatch> batches = batches(subject);
        List<Cell> cells = new ArrayList<>();
        for (Method method : subject.methods()) {
            for (AttackBatch batch : batches) {
                for (Attack attack : attacks.withBaselines()) {
                    for (String epsilon : attacks.epsilons().dimension(attack)) {
                        Condition condition = method.condition()
                                .with(Condition.ATTACK, attack.name())
                                .with(Condition.EPSILON, epsilon)
                                .with(Condition.DOMAIN, subject.domain(batch.domain()))
                                .with(BATCH, batch.number());
                        cells.add(new Cell(condition, Math.max(1, (long) attack.evaluations(classes) * batch.size())));
                    }
                }
            }
        }
        return cells;
    }

    @Override
    public Results run(Cell cell, Context context, Steps steps) {
        Subject subject = context.subject();
        ClipModel clip = model(subject);
        Attack attack = attacks.withBaselines().stream()
                .filter(each -> each.name().equals(cell.condition().get(Condition.ATTACK)))
                .findFirst()
                .orElseThrow();
        Method method = subject.method(cell.condition());
        int domain = subject.domain(cell.condition());
        AttackBatch batch = context.shared("attacked batches", "", () -> batches(subject)).stream()
                .filter(each -> each.domain() == domain
                        && String.valueOf(each.number()).equals(cell.condition().get(BATCH)))
                .findFirst()
                .orElseThrow();
        Victim victim = context.shared("victim", method.condition(), () -> victim(clip, method));
        double epsilon = attacks.epsilons().of(cell.condition().get(Condition.EPSILON));
        Attacker attacker = new Attacker(victim, attacks.threat(), epsilon);
        Targets targets = context.shared("targets", "", () -> new Targets(clip, subject.dataset(), attacks));
        Targets.Target target =
                context.shared("target", List.of(method.condition(), domain), () -> targets.get(method, domain));
        TensorData images =
                context.shared("attacked images", List.of(domain, batch.number()), () -> batch.decode(attacker));
        Attacked attacked = batch.attack(
                attacker, attack, target.scorer().apply(attack), images, new Streams(attacks.seed()), steps);
        Map<String, int[]> predicted =
                target.prediction().apply(attacker.features(batch.ids(), attacked.images()), batch.number());
        float[] before = ThreatImages.pixels(attacks.threat(), images.toFloats(), victim.preprocessing());
        float[] after = ThreatImages.pixels(attacks.threat(), attacked.images().toFloats(), victim.preprocessing());
        String prompt = attacks.attackedPrompt();
        if (epsilon == attacks.epsilons().largest()) {
            new AttackPictures(subject, attacks, context.folder())
                    .keep(method, batch, attack, after, predicted.get(prompt));
        }
        Measures measures = attacks.classifier().measures();
        Condition condition =
                subject.condition(method).and(cell.condition().without(BATCH)).with(Condition.PROMPT, prompt);
        List<ImageValues> values = new ArrayList<>();
        predicted.forEach((shown, classes) -> values.add(ImageValues.of(
                measures.accuracy(),
                condition.with(Condition.PROMPT, shown),
                ImageValues.correct(classes, batch.labels()))));
        values.add(ImageValues.of(measures.change(), condition, changes(before, after, batch.size())));
        values.add(ImageValues.of(
                measures.zeroGradients(), condition, marks(attacked.trace().zeroGradients())));
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
        return IntStream.range(0, marked.length)
                .mapToDouble(i -> marked[i] ? 1 : 0)
                .toArray();
    }

    @Override
    public Results results(List<Results> cells, Context context) {
        Subject subject = context.subject();
        List<AttackBatch> batches = batches(subject);
        Map<String, String> pictures =
                new AttackPictures(subject, attacks, context.folder()).write(batches, preprocessing(subject));
        return AttackedImages.of(Results.all(cells).joined().images(), attacks)
                .ofSamples(domain -> sample(subject, domain, batches))
                .and(new Results(List.of(), List.of(), pictures));
    }

    /** Returns what identifies the attacked images of a domain; empty if they are all of it. */
    private static String sample(Subject subject, String domain, List<AttackBatch> batches) {
        int number = subject.domain(Condition.NONE.with(Condition.DOMAIN, domain));
        List<String> images = batches.stream()
                .filter(batch -> batch.domain() == number)
                .flatMap(batch -> batch.ids().stream())
                .toList();
        return images.size() == subject.labels(number).length ? "" : Digests.of(String.join("\n", images));
    }

    @Override
    public List<String> warnings(List<Score> scores) {
        return AttackWarnings.of(scores, attacks);
    }
}
