package dev.clap4j.evaluation.attack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.evaluation.ResultFile;
import dev.clap4j.internal.attack.Attacked;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.ImageBatch;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.ResultLog;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The adversarial evaluation of CLAP (section 4.2): clean and robust accuracy, batch by batch, so that a killed run
 * resumes after the last finished batch. An image's random starts depend on the seed and the image alone, so
 * all methods are attacked from the same points.
 */
public final class AttackProtocol {
    private final ClipModel clip;
    private final List<AttackMethod> methods;
    private final AttackOptions options;
    private final Progress progress;
    private final Dataset dataset;
    private final Dataset attacked;
    private final Targets targets;
    private final Streams streams;

    /**
     * A protocol for a model and a data set.
     *
     * @throws ClapException if there are too few classes for an attack
     */
    public AttackProtocol(
            ClipModel clip, Dataset dataset, List<AttackMethod> methods, AttackOptions options, Progress progress) {
        options.attacks()
                .forEach(attack -> attack.requireClasses(dataset.classes().size()));
        this.clip = clip;
        this.methods = List.copyOf(methods);
        this.options = options;
        this.progress = progress;
        this.dataset = dataset;
        this.attacked = DomainSample.draw(dataset, options.limit(), options.seed());
        this.targets = new Targets(clip, dataset, options);
        this.streams = new Streams(options.seed());
    }

    /**
     * Runs the attacks and writes {@code attack.json} and the pictures.
     *
     * @param command the command line, for the provenance
     * @return the report
     * @throws ClapException if the folder holds another run, or an image cannot be decoded
     * @throws StoppedException if the progress asks to stop; finished batches are kept
     */
    public AttackReport run(Path folder, RunStart start, String command) {
        ObjectNode provenance = AttackProvenance.of(options, clip, methods, attacked, command);
        try (AttackFolder files = AttackFolder.open(folder, start, provenance)) {
            ResultLog<String, AttackedBatch> log =
                    ResultLog.open(files.batches(), AttackedBatch.class, AttackedBatch::key, "result of an attack");
            attack(log, files.examples(), Steps.begin(progress, "gradients", gradientsLeft(log)));
            return report(files, log.all());
        }
    }

    private void attack(ResultLog<String, AttackedBatch> log, Examples examples, Steps steps) {
        try {
            for (AttackMethod method : methods) {
                attack(method, log, examples, steps);
            }
        } catch (StoppedException e) {
            StoppedException stopped = steps.stopped();
            stopped.initCause(e);
            throw stopped;
        }
    }

    private long gradientsLeft(ResultLog<String, AttackedBatch> log) {
        return methods.stream()
                .flatMap(method -> batches().stream()
                        .flatMap(batch -> missing(method, batch, log).stream().map(attack -> gradients(attack, batch))))
                .mapToLong(Long::longValue)
                .sum();
    }

    private long gradients(Attack attack, AttackBatch batch) {
        return (long) attack.gradients(dataset.classes().size()) * batch.size();
    }

    private List<AttackBatch> batches() {
        return AttackBatch.of(attacked, preprocessing().size());
    }

    private Preprocessing preprocessing() {
        return ClipImageModel.preprocessing(clip.checkpoint());
    }

    private List<Attack> missing(AttackMethod method, AttackBatch batch, ResultLog<String, AttackedBatch> log) {
        return options.rows().stream()
                .filter(attack -> !log.has(key(method, batch, attack)))
                .toList();
    }

    private String key(AttackMethod method, AttackBatch batch, Attack attack) {
        return AttackedBatch.key(method.name(), domain(batch), attack.name(), batch.number());
    }

    private String domain(AttackBatch batch) {
        return attacked.domains().get(batch.domain()).name();
    }

    private void attack(AttackMethod method, ResultLog<String, AttackedBatch> log, Examples examples, Steps steps) {
        List<AttackBatch> open = batches().stream()
                .filter(batch -> !missing(method, batch, log).isEmpty())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        try (Victim victim = method.victim(clip.checkpoint())) {
            Attacker attacker = new Attacker(victim, options.threat(), options.epsilon());
            for (int domain = 0; domain < attacked.domains().size(); domain++) {
                int number = domain;
                List<AttackBatch> own =
                        open.stream().filter(batch -> batch.domain() == number).toList();
                if (!own.isEmpty()) {
                    attackDomain(method, own, attacker, log, examples, steps);
                }
            }
        }
    }

    private void attackDomain(
            AttackMethod method,
            List<AttackBatch> open,
            Attacker attacker,
            ResultLog<String, AttackedBatch> log,
            Examples examples,
            Steps steps) {
        AttackTarget target = targets.get(method.method(), open.get(0).domain());
        List<Path> files =
                open.stream().flatMap(batch -> batch.files().stream()).toList();
        ImageLoading loading = ImageLoading.defaults()
                .withBatchSize(AttackBatch.size(preprocessing().size()))
                .withType(DataType.U8);
        try (ImageBatches<Path> images = ImageBatches.open(files, preprocessing(), loading)) {
            for (AttackBatch batch : open) {
                ImageBatch<Path> next = images.next();
                TensorData pixels = attacker.images(next.pixels());
                for (Attack attack : missing(method, batch, log)) {
                    log.add(attack(method, batch, attack, target, attacker, pixels, examples, steps));
                }
            }
        }
    }

    private AttackedBatch attack(
            AttackMethod method,
            AttackBatch batch,
            Attack attack,
            AttackTarget target,
            Attacker attacker,
            TensorData images,
            Examples examples,
            Steps steps) {
        List<String> ids = batch.files().stream()
                .map(file -> ImageFiles.id(attacked.root(), file))
                .toList();
        List<RandomGenerator> random = ids.stream()
                .map(id -> streams.get("attack start " + attack.name() + " " + id, 0))
                .toList();
        Countdown countdown = new Countdown(steps, gradients(attack, batch));
        Attacked result = attacker.attack(
                attack, target.scorer(attack), ids, images, batch.labels(), random, countdown.begin(attack.name()));
        countdown.finish();
        float[] before = options.threat().pixels(images.toFloats(), preprocessing());
        float[] after = options.threat().pixels(result.images().toFloats(), preprocessing());
        int[] kept = batch.examples();
        if (kept.length > 0) {
            examples.save(
                    batch.name(methods.indexOf(method), attack),
                    after,
                    preprocessing().size(),
                    kept);
        }
        Map<String, List<Integer>> predicted = AttackBatch.lists(target.predict(result.features(), batch.number()));
        return new AttackedBatch(
                method.name(),
                domain(batch),
                attack.name(),
                batch.number(),
                ids,
                IntStream.of(batch.labels()).boxed().toList(),
                predicted,
                result.trace().zeroGradientImages(),
                changes(before, after, ids.size()),
                result.trace().losses());
    }

    /** The largest change of each image, in levels. */
    private static List<Double> changes(float[] before, float[] after, int images) {
        int values = before.length / images;
        List<Double> changes = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            float largest = 0;
            for (int j = i * values; j < (i + 1) * values; j++) {
                largest = Math.max(largest, Math.abs(after[j] - before[j]));
            }
            changes.add(Math.round(largest * 255e3) / 1e3);
        }
        return changes;
    }

    private AttackReport report(AttackFolder files, List<AttackedBatch> finished) {
        List<String> domains = attacked.domains().stream().map(Domain::name).toList();
        Tally tally = new Tally(finished, domains);
        List<MethodRobustness> results =
                methods.stream().map(m -> tally.count(m, options.rows())).toList();
        List<Path> pictures =
                files.pictures(methods.stream().map(AttackMethod::name).toList());
        for (int m = 0; m < methods.size(); m++) {
            new AttackGrid(attacked, options, preprocessing().size(), files.examples())
                    .write(pictures.get(m), m, methods.get(m).name(), finished);
        }
        AttackReport report = new AttackReport(
                dataset.root().toString(),
                attacked.size(),
                dataset.classes(),
                domains,
                options.threat().name().toLowerCase(Locale.ROOT),
                options.epsilon(),
                DoubleStream.of(options.threat().levels(options.epsilon(), preprocessing()))
                        .boxed()
                        .toList(),
                options.classifier().name().toLowerCase(Locale.ROOT),
                options.seed(),
                results,
                tally.differences(results, options.rows(), options.seed()),
                AttackWarnings.of(results, options, attacked.size()),
                pictures.stream().map(file -> file.getFileName().toString()).toList());
        ResultFile.save(files.report(), report);
        return report;
    }
}
