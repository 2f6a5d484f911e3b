package dev.clap4j.bench;

import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.head.Head;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.search.DuplicateGroup;
import dev.clap4j.search.DuplicateKind;
import dev.clap4j.search.Duplicates;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.ImageIndexing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Chooses the thresholds of {@code clap duplicates} on drawings of half of the concepts, and measures precision and recall
 * with them, and with those in use, on drawings of the other half.
 *
 * <p>Arguments: a folder for the pictures and indexes, and optionally a head for the mini CLIP.
 */
public final class DuplicateThresholds {
    /** The number of concepts whose drawings are copied, twelve files each. */
    private static final int COPIED = 12;

    private final Clip clip;
    private final Path folder;

    private DuplicateThresholds(Clip clip, Path folder) {
        this.clip = clip;
        this.folder = folder;
    }

    /** Runs the measurement. */
    public static void main(String[] arguments) throws IOException {
        try (Clip mini = Clip.mini()) {
            Clip clip = arguments.length > 1 ? mini.with(Head.load(Path.of(arguments[1]))) : mini;
            DuplicateThresholds measurement = new DuplicateThresholds(clip, Path.of(arguments[0]));
            for (DuplicateKind kind : DuplicateKind.values()) {
                measurement.measure(kind);
            }
        }
    }

    /**
     * The pairs of pictures in groups, against the truth.
     *
     * @param found the number of pairs in groups
     * @param right the number of these that are true
     * @param all the number of true pairs
     */
    private record Score(int found, int right, int all) {
        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        double recall() {
            return (double) right / all;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "precision %.3f, recall %.3f (%d pairs of %d, %d found)",
                    precision(),
                    recall(),
                    right,
                    all,
                    found);
        }
    }

    private void measure(DuplicateKind kind) throws IOException {
        float cosine = kind.cosine();
        if (kind != DuplicateKind.SAME) {
            float chosen = likeness(kind);
            System.out.printf(
                    Locale.ROOT, "%s: likeness %.2f chosen for precision %.2f%n", kind, chosen, precision(kind));
            for (int percent : List.of(0, 50, 80, 90, 95)) {
                System.out.printf(
                        Locale.ROOT, "  cosine %.2f: %s%n", percent / 100f, score(kind, percent / 100f, chosen, 0));
            }
            System.out.println("  on other drawings: " + score(kind, cosine, chosen, 1));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: as in use, likeness %.2f, cosine %.2f, on other drawings: %s%n",
                kind,
                kind.likeness(),
                cosine,
                score(kind, cosine, kind.likeness(), 1));
    }

    /** Returns the precision that a likeness is chosen for: restyled pictures are guesses. */
    private static double precision(DuplicateKind kind) {
        return kind == DuplicateKind.RESTYLED ? 0.9 : 0.98;
    }

    /** Returns the smallest likeness with the wanted precision, in steps of a hundredth. */
    private float likeness(DuplicateKind kind) throws IOException {
        int percent = 100;
        while (percent > 0
                && score(kind, kind.cosine(), (percent - 1) / 100f, 0).precision() >= precision(kind)) {
            percent--;
        }
        return percent / 100f;
    }

    private Score score(DuplicateKind kind, float cosine, float likeness, int half) throws IOException {
        Path pictures = pictures(kind, half);
        try (ImageIndex index = ImageIndex.open(index(pictures))) {
            List<DuplicateGroup> groups = Duplicates.in(index)
                    .withKinds(EnumSet.range(DuplicateKind.SAME, kind))
                    .withThresholds(kind, cosine, likeness)
                    .find(Progress.NONE)
                    .groups();
            return score(pictures, groups, kind);
        }
    }

    /** Counts the pairs of pictures that are in one group, and those that should be. */
    private static Score score(Path pictures, List<DuplicateGroup> groups, DuplicateKind kind) throws IOException {
        int found = 0;
        int right = 0;
        for (DuplicateGroup group : groups) {
            List<String> names = Stream.concat(
                            Stream.of(group.original()), group.copies().stream().map(DuplicateGroup.Copy::image))
                    .map(image -> String.valueOf(image.path().getFileName()))
                    .toList();
            int pairs = pairs(names.size());
            found += pairs;
            right += truePairs(names, kind);
        }
        try (Stream<Path> files = Files.list(pictures)) {
            List<String> names =
                    files.map(file -> String.valueOf(file.getFileName())).toList();
            return new Score(found, right, truePairs(names, kind));
        }
    }

    private static int truePairs(List<String> names, DuplicateKind kind) {
        Map<String, Integer> sizes = new HashMap<>();
        names.stream().filter(truth(kind)).forEach(name -> sizes.merge(name.replaceFirst("-.*", ""), 1, Integer::sum));
        return sizes.values().stream().mapToInt(DuplicateThresholds::pairs).sum();
    }

    /** Returns which of the pictures of a scene are copies of each other. */
    private static Predicate<String> truth(DuplicateKind kind) {
        return switch (kind) {
            case SAME -> name -> name.matches(".*-(original|same).*");
            case REENCODED -> name -> name.matches(".*-(original|same|copy).*");
            case RESTYLED -> name -> true;
        };
    }

    private static int pairs(int size) {
        return size * (size - 1) / 2;
    }

    /** Returns the folder of the pictures for a kind, which are drawn if they are not there. */
    private Path pictures(DuplicateKind kind, int half) throws IOException {
        Path pictures = folder.resolve((kind == DuplicateKind.RESTYLED ? "restyled-" : "copied-") + half);
        if (Files.exists(pictures)) {
            return pictures;
        }
        List<Concept> concepts = IntStream.range(0, Concept.EVALUATED)
                .filter(i -> i % 2 == half)
                .mapToObj(Concept.ALL::get)
                .toList();
        if (kind == DuplicateKind.RESTYLED) {
            DrawnDuplicates.restyled(concepts, half, pictures);
        } else {
            DrawnDuplicates.copied(concepts.subList(0, COPIED), half, pictures);
        }
        return pictures;
    }

    private Path index(Path pictures) {
        String head = clip.head().map(Head::fingerprint).orElse("without-head");
        Path index = folder.resolve("index-" + pictures.getFileName() + "-" + head);
        if (!Files.exists(index)) {
            ImageIndexing.with(clip).update(index, List.of(pictures));
        }
        return index;
    }
}
