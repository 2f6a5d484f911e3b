package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.ClassNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Determines the classes and domains of images in archives, tables and lists, and reports what is wrong with them. */
final class LabelledSourcesReader {
    private final Path root;
    private final List<ImageSource> sources;
    private final Consumer<String> warnings;
    private final Map<Path, String> digests = new HashMap<>();
    private final Map<List<String>, String> spellings = new HashMap<>();
    private final List<Path> unlabelled = new ArrayList<>();

    LabelledSourcesReader(Path root, List<ImageSource> sources, Consumer<String> warnings) {
        this.root = root;
        this.sources = sources;
        this.warnings = warnings;
    }

    private record Row(Path image, String className, Optional<String> domain) {}

    LabelledSources read(Progress progress) {
        Steps steps = Steps.begin(progress, "reading images", ImageSources.count(sources));
        List<Row> rows = new ArrayList<>();
        for (ImageSource source : sources) {
            List<Row> inside = rows(source, steps);
            if (source.isNamed()) {
                inside.sort(Comparator.comparing(Row::image));
            }
            rows.addAll(inside);
        }
        if (rows.isEmpty()) {
            throw new ClapException("None of the images in " + root + " has a label, such as " + unlabelled.get(0));
        }
        if (!unlabelled.isEmpty()) {
            warnings.accept("ignored "
                    + (unlabelled.size() == 1
                            ? unlabelled.get(0) + ", which has no label"
                            : unlabelled.size() + " images without a label, such as " + unlabelled.get(0)));
        }
        return new LabelledSources(sources, dataset(rows), digests);
    }

    private List<Row> rows(ImageSource source, Steps steps) {
        List<Row> rows = new ArrayList<>();
        try (ImageCursor images = source.open()) {
            while (images.hasNext()) {
                List<SourceImage> some = LabelledSources.some(images, image -> true);
                List<String> contents =
                        some.parallelStream().map(LabelledSourcesReader::digest).toList();
                for (int i = 0; i < some.size(); i++) {
                    row(some.get(i), contents.get(i)).ifPresent(rows::add);
                }
                steps.advance(some.size());
            }
        }
        return rows;
    }

    /** Returns an empty digest for an image that cannot be read; decoding it will report the reason. */
    private static String digest(SourceImage image) {
        try {
            return image.content().digest();
        } catch (ClapException e) {
            return "";
        }
    }

    private Optional<Row> row(SourceImage image, String digest) {
        Path path = LabelledSources.path(image);
        if (digests.put(path, digest) != null) {
            throw new ClapException(path + " comes twice; a data set has every image once");
        }
        Optional<String> label = image.label().filter(text -> !text.isBlank());
        if (label.isEmpty()) {
            unlabelled.add(path);
            return Optional.empty();
        }
        Optional<String> domain =
                image.domain().map(text -> text(path, "domain", text)).map(Names::composed);
        String className = ClassNames.fromFolder(text(path, "label", label.get()));
        String other = spellings.putIfAbsent(List.of(domain.orElse(""), className), label.get());
        if (other != null && !other.equals(label.get())) {
            throw new ClapException("The labels " + Names.brief(other) + " and " + Names.brief(label.get()) + " in "
                    + root + " both stand for the class \"" + className + "\"; write them in one way");
        }
        return Optional.of(new Row(path, className, domain));
    }

    private static String text(Path image, String what, String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            throw new ClapException("The " + what + " of " + image + " is not UTF-8 text: " + Names.brief(text));
        }
        return text;
    }

    private Dataset dataset(List<Row> rows) {
        Set<String> classes = rows.stream().map(Row::className).collect(Collectors.toCollection(TreeSet::new));
        SortedMap<String, List<Row>> domains = new TreeMap<>();
        for (Row row : rows) {
            if (row.domain().isPresent() != rows.get(0).domain().isPresent()) {
                Path without = row.domain().isPresent() ? rows.get(0).image() : row.image();
                throw new ClapException(
                        without + " has no domain, but other images have; give all of them one, or none");
            }
            domains.computeIfAbsent(row.domain().orElseGet(this::name), name -> new ArrayList<>())
                    .add(row);
        }
        domains.forEach((name, inside) -> DatasetReader.checkComplete(
                root, name, inside.stream().map(Row::className).collect(Collectors.toSet()), classes));
        List<String> names = List.copyOf(classes);
        return new Dataset(
                root,
                names,
                domains.entrySet().stream()
                        .map(entry -> domain(entry.getKey(), entry.getValue(), names))
                        .toList());
    }

    /** Returns the name of the only domain: that of the file without its ending. */
    private String name() {
        return Names.composed(root.toAbsolutePath().normalize().getFileName().toString())
                .replaceFirst("(?<=.)\\.\\w+$", "");
    }

    private static Domain domain(String name, List<Row> rows, List<String> classes) {
        return new Domain(
                name,
                rows.stream()
                        .map(row -> new LabelledImage(row.image(), classes.indexOf(row.className())))
                        .sorted(Comparator.comparing(LabelledImage::label))
                        .toList());
    }
}
