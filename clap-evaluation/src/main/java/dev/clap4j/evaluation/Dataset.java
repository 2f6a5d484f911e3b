package dev.clap4j.evaluation;

import dev.clap4j.ClapException;
import dev.clap4j.io.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Labelled images in one or several domains that share their classes: PACS, VLCS, OfficeHome, DomainNet or any folders
 * of the same shape.
 *
 * @param root the folder it was read from
 * @param classes the class names as they stand in prompts, sorted; labels count from 0 in this list
 * @param domains at least one, sorted by name
 */
public record Dataset(Path root, List<String> classes, List<Domain> domains) {
    /** Makes the lists unmodifiable. */
    public Dataset {
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
    }

    /**
     * Reads {@code <root>/<domain>/<class>/<image>}, or {@code <root>/<class>/<image>} as a single domain.
     *
     * @param warnings told of files and folders that are passed over
     * @throws ClapException if the folders have neither shape, a class has no image, or the domains differ
     *     in their classes
     */
    public static Dataset read(Path root, Consumer<String> warnings) {
        return new DatasetReader(root, warnings).read();
    }

    /** The number of images of all domains. */
    public int size() {
        return domains.stream().mapToInt(domain -> domain.images().size()).sum();
    }

    /** The number of images of the smallest class of a domain. */
    public int smallestClass() {
        return domains.stream()
                .flatMapToInt(domain -> IntStream.of(sizes(domain)))
                .min()
                .orElse(0);
    }

    private int[] sizes(Domain domain) {
        int[] sizes = new int[classes.size()];
        domain.images().forEach(image -> sizes[image.label()]++);
        return sizes;
    }

    /** All image files, domain by domain. */
    public List<Path> files() {
        return domains.stream()
                .flatMap(domain -> domain.images().stream().map(LabelledImage::path))
                .toList();
    }

    /**
     * One of the domains.
     *
     * @throws ClapException if there is none of that name
     */
    public Dataset onlyDomain(String name) {
        List<Domain> chosen = domains.stream()
                .filter(domain -> domain.name().equals(Names.composed(name)))
                .toList();
        if (chosen.isEmpty()) {
            throw new ClapException("There is no domain " + name + " in " + root + "; it has "
                    + Names.preview(domains.stream().map(Domain::name).toList()));
        }
        return new Dataset(root, classes, chosen);
    }

    /**
     * The images of some classes; labels count in the list of these, which is in the order of this data set's.
     *
     * @throws ClapException if there is none of such a name
     */
    public Dataset onlyClasses(List<String> names) {
        for (String name : names) {
            if (!classes.contains(name)) {
                throw new ClapException(
                        "There is no class " + name + " in " + root + "; it has " + Names.preview(classes));
            }
        }
        List<String> chosen = classes.stream().filter(names::contains).toList();
        List<Domain> reduced = domains.stream()
                .map(domain -> new Domain(
                        domain.name(),
                        domain.images().stream()
                                .filter(image -> chosen.contains(classes.get(image.label())))
                                .map(image ->
                                        new LabelledImage(image.path(), chosen.indexOf(classes.get(image.label()))))
                                .toList()))
                .toList();
        return new Dataset(root, chosen, reduced);
    }

    /**
     * At most so many images of each class in each domain, drawn from the seed; their order stays.
     *
     * @param perClass at least 1
     * @throws ClapException if it is less
     */
    public Dataset limit(int perClass, long seed) {
        if (perClass < 1) {
            throw new ClapException("The limit is a number of images of each class, at least 1, not " + perClass);
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Domain> limited = new ArrayList<>();
        for (Domain domain : domains) {
            List<LabelledImage> kept = new ArrayList<>();
            for (int label = 0; label < classes.size(); label++) {
                kept.addAll(sample(ofClass(domain, label), perClass, random));
            }
            limited.add(new Domain(domain.name(), kept));
        }
        return new Dataset(root, classes, limited);
    }

    private static List<LabelledImage> ofClass(Domain domain, int label) {
        return domain.images().stream().filter(image -> image.label() == label).toList();
    }

    /** The first steps of a Fisher-Yates shuffle choose which places stay. */
    private static List<LabelledImage> sample(List<LabelledImage> images, int count, RandomGenerator random) {
        int[] places = IntStream.range(0, images.size()).toArray();
        int kept = Math.min(count, places.length);
        for (int i = 0; i < kept; i++) {
            int other = random.nextInt(i, places.length);
            int place = places[other];
            places[other] = places[i];
            places[i] = place;
        }
        return IntStream.of(places).limit(kept).sorted().mapToObj(images::get).toList();
    }
}
