package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ReadableImages;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.run.Streams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Labelled images in one or more domains with the same classes: PACS, VLCS, OfficeHome, DomainNet or any folders of the
 * same structure.
 *
 * @param root the folder it was read from
 * @param classes the class names as used in prompts, sorted; labels are indices into this list
 * @param domains at least one, sorted by name
 * @param unreadable images that were skipped because they cannot be decoded
 */
public record Dataset(Path root, List<String> classes, List<Domain> domains, List<UnreadableImage> unreadable)
        implements ImageCollection<Dataset> {
    /** Makes the lists unmodifiable. */
    public Dataset {
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
        unreadable = List.copyOf(unreadable);
    }

    /** Creates a data set without skipped images. */
    public Dataset(Path root, List<String> classes, List<Domain> domains) {
        this(root, classes, domains, List.of());
    }

    /**
     * Reads {@code <root>/<domain>/<class>/<image>}, or {@code <root>/<class>/<image>} as a single domain.
     *
     * @param warnings receives files and folders that are ignored
     * @throws ClapException if the folders have neither structure, a class has no image, or the domains differ in their
     *     classes
     */
    public static Dataset read(Path root, Consumer<String> warnings) {
        return new DatasetReader(root, warnings).read();
    }

    /**
     * Returns this data set without images that cannot be decoded.
     *
     * @param progress receives the number of images tried
     * @throws ClapException if a class in a domain has no image left
     */
    @Override
    public Dataset readable(Progress progress) {
        return without(ReadableImages.unreadable(files(), DecodeOptions.defaults(), progress));
    }

    /** Returns this data set without images that cannot be decoded; a class in a domain that has no others is an error. */
    Dataset without(List<UnreadableImage> bad) {
        Set<Path> files = bad.stream().map(UnreadableImage::file).collect(Collectors.toSet());
        List<Domain> left = new ArrayList<>();
        for (Domain domain : domains) {
            Domain good = new Domain(
                    domain.name(),
                    domain.images().stream()
                            .filter(image -> !files.contains(image.path()))
                            .toList());
            left.add(good);
            requireAllClasses(domain, good, bad);
        }
        return new Dataset(root, classes, left, bad);
    }

    private void requireAllClasses(Domain before, Domain after, List<UnreadableImage> bad) {
        int[] sizes = sizes(after);
        for (LabelledImage image : before.images()) {
            if (sizes[image.label()] == 0) {
                String reason = bad.stream()
                        .filter(unreadable -> unreadable.file().equals(image.path()))
                        .map(UnreadableImage::reason)
                        .findFirst()
                        .orElseThrow();
                throw new ClapException("None of the images of the class " + classes.get(image.label()) + " in "
                        + before.name() + " can be decoded: " + reason);
            }
        }
    }

    /** Returns the number of images in all domains. */
    @Override
    public int size() {
        return domains.stream().mapToInt(domain -> domain.images().size()).sum();
    }

    /** Returns the number of images of the smallest class in a domain. */
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

    /** Returns all image files, domain by domain. */
    public List<Path> files() {
        return domains.stream()
                .flatMap(domain -> domain.images().stream().map(LabelledImage::path))
                .toList();
    }

    /**
     * Returns a data set with a single domain.
     *
     * @throws ClapException if there is none of that name
     */
    public Dataset onlyDomain(String name) {
        List<Domain> chosen = domains.stream()
                .filter(domain -> domain.name().equals(Names.composed(name)))
                .toList();
        if (chosen.isEmpty()) {
            List<String> known = domains.stream().map(Domain::name).toList();
            throw new ClapException("There is no domain " + name + NearestName.hint(name, known) + " in " + root
                    + "; it has " + Names.preview(known));
        }
        return with(classes, chosen);
    }

    /**
     * Returns a data set with some of the classes, in the order of this one; labels are renumbered.
     *
     * @throws ClapException if there is no class of such a name
     */
    public Dataset onlyClasses(List<String> names) {
        for (String name : names) {
            if (!classes.contains(name)) {
                throw new ClapException("There is no class " + name + NearestName.hint(name, classes) + " in " + root
                        + "; it has " + Names.preview(classes));
            }
        }
        List<String> chosen = classes.stream().filter(names::contains).toList();
        int[] labels = classes.stream().mapToInt(chosen::indexOf).toArray();
        List<Domain> reduced = domains.stream()
                .map(domain -> new Domain(
                        domain.name(),
                        domain.images().stream()
                                .filter(image -> labels[image.label()] >= 0)
                                .map(image -> new LabelledImage(image.path(), labels[image.label()]))
                                .toList()))
                .toList();
        return with(chosen, reduced);
    }

    private Dataset with(List<String> others, List<Domain> reduced) {
        return new Dataset(root, others, reduced, unreadable);
    }

    /**
     * Returns a random sample of at most {@code perClass} images of each class in each domain, in their original order.
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
            for (List<LabelledImage> images : byClass(domain)) {
                IntStream.of(Streams.sample(images.size(), perClass, random))
                        .sorted()
                        .mapToObj(images::get)
                        .forEach(kept::add);
            }
            limited.add(new Domain(domain.name(), kept));
        }
        return with(classes, limited);
    }

    private List<List<LabelledImage>> byClass(Domain domain) {
        List<List<LabelledImage>> images = classes.stream()
                .map(c -> (List<LabelledImage>) new ArrayList<LabelledImage>())
                .toList();
        domain.images().forEach(image -> images.get(image.label()).add(image));
        return images;
    }
}
