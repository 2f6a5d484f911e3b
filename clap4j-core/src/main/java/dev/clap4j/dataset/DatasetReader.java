package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.image.format.ImageFormat;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import dev.clap4j.prompt.ClassNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Determines which of the two structures a data set's folders have, and reports what is wrong if neither. */
final class DatasetReader {
    private static final String SHAPES =
            "a data set is <root>/<domain>/<class>/<image>, or <root>/<class>/<image> for a single domain";

    private final Path root;
    private final Consumer<String> warnings;
    private final IgnoredFiles others = new IgnoredFiles();
    private final List<Path> misplaced = new ArrayList<>();

    DatasetReader(Path root, Consumer<String> warnings) {
        this.root = root;
        this.warnings = warnings;
    }

    /** The content of a folder, each list sorted by name, without hidden entries. */
    private record Listing(Path folder, List<Path> folders, List<Path> images, List<Path> others) {
        static Listing of(Path folder) {
            List<Path> folders = new ArrayList<>();
            List<Path> images = new ArrayList<>();
            List<Path> others = new ArrayList<>();
            try (Stream<Path> entries = Files.list(folder)) {
                entries.filter(path -> !name(path).startsWith(".")).sorted().forEach(path -> {
                    if (Files.isDirectory(path)) {
                        folders.add(path);
                    } else {
                        boolean image = ImageFiles.isImage(path) && Files.isRegularFile(path);
                        (image ? images : others).add(path);
                    }
                });
            } catch (IOException e) {
                throw new ClapException("Cannot list the folder " + folder + ": " + IoReasons.of(e), e);
            }
            return new Listing(folder, folders, images, others);
        }
    }

    private static String name(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    Dataset read() {
        if (Files.notExists(root)) {
            throw new ClapException("There is no folder " + root + "; " + SHAPES);
        }
        if (!Files.isDirectory(root)) {
            throw new ClapException(root + " is a file where a folder is expected; " + SHAPES);
        }
        Listing top = Listing.of(root);
        if (top.folders.isEmpty()) {
            throw new ClapException(root + " has no folders in it"
                    + (top.images.isEmpty() ? "" : ", only " + top.images.size() + " images")
                    + "; " + SHAPES);
        }
        top.others.forEach(others::add);
        misplaced.addAll(top.images);
        List<Listing> inside = top.folders.stream().map(Listing::of).toList();
        Dataset dataset = isSingleDomain(inside) ? singleDomain(inside) : severalDomains(inside);
        warn();
        return dataset;
    }

    /** Reports everything that is ignored in one line. */
    private void warn() {
        others.summary().ifPresent(warnings);
        if (!misplaced.isEmpty()) {
            String which = misplaced.size() == 1
                    ? misplaced.get(0) + ", which is at the wrong depth"
                    : misplaced.size() + " images and folders at the wrong depth, such as " + misplaced.get(0);
            warnings.accept("ignored " + which + "; " + SHAPES);
        }
    }

    /**
     * Returns whether the folders are classes, which hold images, as opposed to domains, which hold folders; all must
     * be of one kind.
     */
    private boolean isSingleDomain(List<Listing> inside) {
        List<Listing> domains =
                inside.stream().filter(listing -> !listing.folders.isEmpty()).toList();
        List<Listing> classes =
                inside.stream().filter(listing -> !listing.images.isEmpty()).toList();
        if (domains.isEmpty() && classes.isEmpty()) {
            inside.forEach(listing -> listing.others.forEach(others::add));
            throw new ClapException("There are no images in the " + inside.size() + " folders of " + root
                    + (others.kinds().isEmpty() ? "" : ", only " + others.kinds()) + "; "
                    + SHAPES + ", with images called " + ImageFormat.ENDINGS);
        }
        if (!domains.isEmpty() && !classes.isEmpty()) {
            throw new ClapException(root + " mixes two depths: " + name(domains.get(0).folder)
                    + " holds folders, as a domain does, but " + name(classes.get(0).folder)
                    + " holds images, as a class does; " + SHAPES);
        }
        return domains.isEmpty();
    }

    private Dataset singleDomain(List<Listing> inside) {
        Map<String, Listing> classes = byClass(root, inside);
        List<String> names = List.copyOf(classes.keySet());
        return new Dataset(root, names, List.of(domain(name(root), names, classes)));
    }

    private Dataset severalDomains(List<Listing> inside) {
        Map<Path, Map<String, Listing>> classesOf = new TreeMap<>();
        for (Listing domain : inside) {
            domain.others.forEach(others::add);
            List<Listing> classes = domain.folders.stream().map(Listing::of).toList();
            classesOf.put(domain.folder, byClass(domain.folder, classes));
        }
        Set<String> all = new TreeSet<>();
        classesOf.values().forEach(classes -> all.addAll(classes.keySet()));
        classesOf.forEach((domain, classes) -> checkComplete(root, name(domain), classes.keySet(), all));
        List<String> names = List.copyOf(all);
        List<Domain> domains = classesOf.entrySet().stream()
                .map(entry -> domain(name(entry.getKey()), names, entry.getValue()))
                .toList();
        return new Dataset(root, names, domains);
    }

    /** Requires that a domain has all classes. */
    static void checkComplete(Path root, String domain, Set<String> classes, Set<String> all) {
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(classes);
        if (!missing.isEmpty()) {
            throw new ClapException("The domain " + domain + " of " + root + " lacks "
                    + (missing.size() == 1 ? "the class " : "the classes ") + String.join(", ", missing)
                    + ", which other domains have; all domains must have the same classes");
        }
    }

    private static Map<String, Listing> byClass(Path parent, List<Listing> folders) {
        Map<String, Listing> classes = new TreeMap<>();
        for (Listing folder : folders) {
            String className = ClassNames.fromFolder(name(folder.folder));
            Listing other = classes.put(className, folder);
            if (other != null) {
                throw ClassNames.sameClass(parent, other.folder, folder.folder);
            }
        }
        return classes;
    }

    private Domain domain(String name, List<String> names, Map<String, Listing> classes) {
        List<LabelledImage> images = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            Listing folder = classes.get(names.get(label));
            checkHasImages(folder);
            folder.others.forEach(others::add);
            misplaced.addAll(folder.folders);
            for (Path image : folder.images) {
                images.add(new LabelledImage(image, label));
            }
        }
        return new Domain(Names.composed(name), images);
    }

    private static void checkHasImages(Listing folder) {
        if (!folder.images.isEmpty()) {
            return;
        }
        throw new ClapException("The class folder " + folder.folder + " has no images"
                + (folder.folders.isEmpty()
                        ? "; remove it or put images into it"
                        : ", but folders, such as " + name(folder.folders.get(0)) + "; " + SHAPES));
    }
}
