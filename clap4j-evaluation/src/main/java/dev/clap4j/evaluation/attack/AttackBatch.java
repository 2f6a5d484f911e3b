package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Attack;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A batch of images of one domain.
 *
 * @param domain the number of the domain
 * @param number the number of the batch in it
 * @param files the images
 * @param labels their classes
 * @param examples indices in the batch of the images kept for pictures
 */
record AttackBatch(int domain, int number, List<Path> files, int[] labels, int[] examples) {
    /** Pixels per batch; gradients through a ViT-B/16 then need about 1 GB. */
    private static final int PIXELS = 8 * 224 * 224;

    static final int MOST_IMAGES = 32;

    /** Returns the batch size for images of the given side. */
    static int size(int side) {
        return Math.max(1, Math.min(MOST_IMAGES, PIXELS / (side * side)));
    }

    /** Returns all batches, domain by domain. */
    static List<AttackBatch> of(Dataset dataset, int side) {
        List<AttackBatch> batches = new ArrayList<>();
        int domains = dataset.domains().size();
        for (int d = 0; d < domains; d++) {
            Domain domain = dataset.domains().get(d);
            int images = domain.images().size();
            int[] examples = Examples.places(images, domains);
            for (int from = 0; from < images; from += size(side)) {
                List<LabelledImage> part = domain.images().subList(from, Math.min(images, from + size(side)));
                batches.add(new AttackBatch(
                        d,
                        from / size(side),
                        part.stream().map(LabelledImage::path).toList(),
                        part.stream().mapToInt(LabelledImage::label).toArray(),
                        Examples.within(examples, from, part.size())));
            }
        }
        return batches;
    }

    int size() {
        return labels.length;
    }

    /** Returns a file name for the result of an attack on this batch. */
    String name(int method, Attack attack) {
        String words = attack.name().toLowerCase(Locale.ROOT).replace(' ', '-');
        return "method" + method + "-domain" + domain + "-batch" + number + "-" + words;
    }

    /** Converts class numbers by prompt to lists. */
    static Map<String, List<Integer>> lists(Map<String, int[]> predicted) {
        Map<String, List<Integer>> lists = new LinkedHashMap<>();
        predicted.forEach((prompt, classes) ->
                lists.put(prompt, IntStream.of(classes).boxed().toList()));
        return lists;
    }
}
