package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.attack.Attack;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.measurement.attack.AttackGrid.Example;
import dev.clap4j.experiment.statistics.Metrics;
import dev.clap4j.internal.attack.ThreatImages;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.SealedTensors;
import dev.clap4j.internal.io.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pictures of attacked images, one for each method, under the largest epsilon. Their pixels are kept in {@code examples} until the run is
 * complete.
 */
record AttackPictures(Subject subject, AttackOptions options, Path folder) {
    private static final String PIXELS = "pixels";

    /** Keeps the examples of a batch: its pixels {@code [b, 3, side, side]} and predicted classes {@code [b]}. */
    void keep(Method method, AttackBatch batch, Attack attack, float[] pixels, int[] predicted) {
        int size = pixels.length / batch.size();
        int[] examples = batch.examples();
        float[] kept = new float[examples.length * size];
        Map<String, String> classes = new HashMap<>();
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(pixels, examples[i] * size, kept, i * size, size);
            classes.put(String.valueOf(i), subject.dataset().classes().get(predicted[examples[i]]));
        }
        if (examples.length > 0) {
            List<TensorData> tensors = List.of(TensorData.of(PIXELS, kept, examples.length, size));
            SealedTensors.write(file(method, batch, attack), classes, tensors);
        }
    }

    private List<Example> kept(Method method, AttackBatch batch, Attack attack) {
        int count = batch.examples().length;
        try {
            SafetensorsFile file = SealedTensors.open(file(method, batch, attack));
            float[] pixels = file.get(PIXELS).toFloats();
            int size = pixels.length / count;
            return IntStream.range(0, count)
                    .mapToObj(i -> new Example(
                            Arrays.copyOfRange(pixels, i * size, (i + 1) * size),
                            file.metadata().getOrDefault(String.valueOf(i), "")))
                    .toList();
        } catch (ClapException e) {
            throw new ClapException(Problem.RUN_IS_DAMAGED, e.getMessage(), e);
        }
    }

    private Path file(Method method, AttackBatch batch, Attack attack) {
        String name = String.join(
                "-",
                name(method),
                "domain" + batch.domain(),
                "batch" + batch.number(),
                attack.name().replace(' ', '-'));
        return folder.resolve("examples").resolve(name + ".safetensors");
    }

    /** Returns the part of a method in the names of files. */
    private String name(Method method) {
        String prefix = options.isZeroShot() ? "" : options.attackedPrompt() + " ";
        List<String> names = new ArrayList<>();
        subject.methods()
                .forEach(each -> names.add(FileNames.withUnderscores(
                        prefix + subject.condition(each).title(), names)));
        return names.get(subject.methods().indexOf(method));
    }

    /** Writes the pictures, and returns their captions by file name. */
    Map<String, String> write(List<AttackBatch> batches, Preprocessing preprocessing) {
        List<String> attacks =
                options.withBaselines().stream().map(Attack::name).toList();
        Map<String, String> captions = new LinkedHashMap<>();
        for (Method method : subject.methods()) {
            List<AttackGrid.Row> rows = batches.stream()
                    .filter(batch -> batch.examples().length > 0)
                    .flatMap(batch -> rows(method, batch))
                    .toList();
            String file = "grid-" + name(method) + ".png";
            String title = method.condition().title();
            String under = " under attack, " + options.threatName() + " threat, ε = "
                    + options.epsilons().largestText();
            AttackGrid.write(folder.resolve(file), preprocessing.size(), title + under, attacks, rows);
            captions.put(
                    file, title + ": images, changes (magnified) and attacked images; ε = " + levels(preprocessing));
        }
        return captions;
    }

    private Stream<AttackGrid.Row> rows(Method method, AttackBatch batch) {
        List<List<Example>> byAttack = options.withBaselines().stream()
                .map(attack -> kept(method, batch, attack))
                .toList();
        return IntStream.range(0, batch.examples().length)
                .mapToObj(i -> new AttackGrid.Row(
                        subject.domain(batch.domain()),
                        subject.dataset().classes().get(batch.labels()[batch.examples()[i]]),
                        byAttack.stream().map(examples -> examples.get(i)).toList()));
    }

    /** Returns epsilon in levels of an image file, once if it is the same for all colours. */
    private String levels(Preprocessing preprocessing) {
        return DoubleStream.of(
                        ThreatImages.levels(options.threat(), options.epsilons().largest(), preprocessing))
                .mapToObj(Metrics::twoDecimals)
                .distinct()
                .collect(Collectors.joining(", ", "", "/255"));
    }
}
