package dev.clap4j.experiment.measurement.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.internal.attack.Attacked;
import dev.clap4j.internal.attack.Attacker;
import dev.clap4j.internal.attack.Scorer;
import dev.clap4j.internal.image.ImageBatches;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A batch of images of one domain.
 *
 * @param domain the index of the domain
 * @param number the index of the batch in it
 * @param from the index of the first image in it
 * @param ids the images' names below the data set's folder
 * @param files the images
 * @param labels their classes
 * @param examples indices in the batch of the images shown in pictures
 */
record AttackBatch(int domain, int number, int from, List<String> ids, List<Path> files, int[] labels, int[] examples) {
    /** Pixels per batch; gradients through a ViT-B/16 then need about 1 GB. */
    private static final int PIXELS = 8 * 224 * 224;

    static final int MOST_IMAGES = 32;

    /** The number of examples of all domains. */
    private static final int EXAMPLES = 8;

    /** Draws images of each domain, regardless of class, in batches for a model of images of some side. */
    static List<AttackBatch> of(Dataset dataset, int limit, long seed, int side) {
        int size = Math.max(1, Math.min(MOST_IMAGES, PIXELS / (side * side)));
        List<AttackBatch> batches = new ArrayList<>();
        int domains = dataset.domains().size();
        for (int d = 0; d < domains; d++) {
            List<LabelledImage> images = sample(dataset.domains().get(d), limit, seed);
            int[] examples = examples(images.size(), domains);
            for (int from = 0; from < images.size(); from += size) {
                List<LabelledImage> part = images.subList(from, Math.min(images.size(), from + size));
                List<Path> files = part.stream().map(LabelledImage::path).toList();
                List<String> ids = files.stream()
                        .map(file -> ImageFiles.id(dataset.root(), file))
                        .toList();
                int[] labels = part.stream().mapToInt(LabelledImage::label).toArray();
                int[] shown = within(examples, from, part.size());
                batches.add(new AttackBatch(d, from / size, from, ids, files, labels, shown));
            }
        }
        return batches;
    }

    /** Returns a sample in its order: independent of other domains, and including any smaller one of the same seed. */
    static List<LabelledImage> sample(Domain domain, int limit, long seed) {
        RandomGenerator random = new Streams(seed).get("attack sample " + domain.name(), 0);
        return IntStream.of(Streams.sample(domain.images().size(), limit, random))
                .sorted()
                .mapToObj(domain.images()::get)
                .toList();
    }

    /** Returns evenly spaced indices of images in a domain. */
    static int[] examples(int images, int domains) {
        int kept = Math.min(images, Math.max(1, EXAMPLES / domains));
        return IntStream.range(0, kept)
                .map(i -> (int) ((2L * i + 1) * images / (2L * kept)))
                .toArray();
    }

    /** Returns those in a batch, relative to its first image. */
    static int[] within(int[] examples, int from, int images) {
        return IntStream.of(examples)
                .map(place -> place - from)
                .filter(place -> place >= 0 && place < images)
                .toArray();
    }

    int size() {
        return labels.length;
    }

    TensorData decode(Attacker attacker) {
        ImageLoading loading = ImageLoading.defaults().withBatchSize(size()).withType(DataType.U8);
        try (ImageBatches<Path> images =
                ImageBatches.open(files, attacker.victim().preprocessing(), loading)) {
            return attacker.images(images.next().pixels());
        }
    }

    /**
     * Attacks decoded images. Their random starts depend on the seed and the image alone, so all methods are attacked
     * from the same points. Every image whose gradient is computed is a step.
     */
    Attacked attack(Attacker attacker, Attack attack, Scorer scorer, TensorData images, Streams streams, Steps steps) {
        List<RandomGenerator> random = ids.stream()
                .map(id -> streams.get("attack start " + attack.name() + " " + id, 0))
                .toList();
        return attacker.attack(attack, scorer, images, labels, random, steps);
    }
}
