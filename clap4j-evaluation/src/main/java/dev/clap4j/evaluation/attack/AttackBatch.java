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
 * Images of a domain that are attacked together.
 *
 * @param domain the number of the domain
 * @param number the number of the batch in it
 * @param files the images
 * @param labels their classes
 * @param examples the places in the batch of those that are kept for pictures
 */
record AttackBatch(int domain, int number, List<Path> files, int[] labels, int[] examples) {
    /** Pixels in a batch: gradients through a ViT-B/16 then take about a gigabyte. */
    private static final int PIXELS = 8 * 224 * 224;

    static final int MOST_IMAGES = 32;

    /** How many images of such a side are in a batch. */
    static int size(int side) {
        return Math.max(1, Math.min(MOST_IMAGES, PIXELS / (side * side)));
    }

    /** All batches, domain by domain. */
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

    /** A name for files, of what an attack does to it. */
    String name(int method, Attack attack) {
        String words = attack.name().toLowerCase(Locale.ROOT).replace(' ', '-');
        return "method" + method + "-domain" + domain + "-batch" + number + "-" + words;
    }

    /** Class numbers by prompt as lists. */
    static Map<String, List<Integer>> lists(Map<String, int[]> predicted) {
        Map<String, List<Integer>> lists = new LinkedHashMap<>();
        predicted.forEach((prompt, classes) ->
                lists.put(prompt, IntStream.of(classes).boxed().toList()));
        return lists;
    }
}
