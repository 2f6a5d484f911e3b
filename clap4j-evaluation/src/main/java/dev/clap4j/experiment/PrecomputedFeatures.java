package dev.clap4j.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Labelled features computed elsewhere, by one or several methods: what measurements need in place of a model and images.
 *
 * <p>Measurements see features as wide as those of all methods together. Each method selects its own columns.
 */
public final class PrecomputedFeatures {
    private static final int MEBIBYTE = 20;

    /** The longest array that every Java can make. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private final List<LabelledFeatures> files;
    private final Subject subject;

    private PrecomputedFeatures(List<LabelledFeatures> files) {
        this.files = files;
        LabelledFeatures first = files.get(0);
        List<String> classes = names(LabelledFeatures::classes).orElseGet(() -> {
            int told =
                    files.stream().mapToInt(LabelledFeatures::classCount).max().orElseThrow();
            return numbered("class", told > 0 ? told : count(first.labels()));
        });
        int dim = files.stream().mapToInt(file -> file.images().dim()).sum();
        List<Domain> domains = new ArrayList<>();
        List<FeatureMatrix> images = new ArrayList<>();
        List<FeatureMatrix> parts = files.stream().map(LabelledFeatures::images).toList();
        rows(classes.size()).forEach((domain, rows) -> {
            domains.add(new Domain(domain, rows.stream().map(this::image).toList()));
            images.add(sideBySide(parts, dim, rows));
        });
        EncodedDataset encoded = new EncodedDataset(new Dataset(first.source().file(), classes, domains), images);
        Map<String, FeatureMatrix> prompts = new LinkedHashMap<>();
        List<Integer> all = IntStream.range(0, classes.size()).boxed().toList();
        first.texts().keySet().stream()
                .filter(name -> files.stream().allMatch(file -> file.texts().containsKey(name)))
                .forEach(name -> {
                    Stream<FeatureMatrix> texts =
                            files.stream().map(file -> file.texts().get(name));
                    prompts.put(name, sideBySide(texts.toList(), dim, all));
                });
        this.subject = new Subject(
                Optional.empty(), new PrecomputedTexts(dim, classes, prompts), encoded, methods(), Condition.NONE);
    }

    /**
     * Reads features.
     *
     * @param sources the methods, the baseline first; at least one
     * @param classes the class names; empty to read them from the files, or else number them
     * @throws ClapException if a file cannot be read or is inconsistent, the files differ in labels, domains or classes,
     *     two methods have the same name, or the memory does not suffice
     */
    public static PrecomputedFeatures read(List<FeatureSource> sources, List<String> classes) {
        if (sources.isEmpty()) {
            throw new ClapException("There is no file of features");
        }
        Set<String> names = new LinkedHashSet<>();
        for (FeatureSource source : sources) {
            if (!names.add(source.method())) {
                throw new ClapException(
                        "Two methods are called " + source.method() + "; give each a name, as in CLIP=a.safetensors");
            }
        }
        List<String> given = classes.isEmpty() ? classes : FeatureFile.distinct(classes, "The list of classes");
        List<FeatureFile> opened = sources.stream().map(FeatureFile::new).toList();
        requireMemory(opened.stream().mapToLong(FeatureFile::bytes).sum());
        List<LabelledFeatures> files = new ArrayList<>();
        for (FeatureFile file : opened) {
            LabelledFeatures next = file.read(given);
            files.forEach(before -> before.requireSameData(next));
            files.add(next);
        }
        return new PrecomputedFeatures(files);
    }

    private static void requireMemory(long bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new ClapException(
                    "The features take about " + (bytes >> MEBIBYTE) + " MiB of memory, but Java may use "
                            + (most >> MEBIBYTE) + "; measure fewer images or methods at once");
        }
    }

    /** Returns the first names that a file has. */
    private Optional<List<String>> names(Function<LabelledFeatures, List<String>> names) {
        return files.stream().map(names).filter(some -> !some.isEmpty()).findFirst();
    }

    private static List<String> numbered(String what, int count) {
        return IntStream.range(0, count).mapToObj(i -> what + " " + i).toList();
    }

    /** Returns one more than the largest number, but no more than there are images. */
    private static int count(List<Long> numbers) {
        return (int) Math.max(0, Math.min(Collections.max(numbers), numbers.size() - 1L)) + 1;
    }

    /** Returns the rows of each domain's images; a single domain is called by the file. */
    private Map<String, List<Integer>> rows(int classes) {
        LabelledFeatures first = files.get(0);
        int n = first.images().rows();
        boolean isSingle = first.domains().isEmpty();
        List<Long> numbers = isSingle ? Collections.nCopies(n, 0L) : first.domains();
        List<String> names = names(LabelledFeatures::domainNames)
                .orElseGet(() -> isSingle
                        ? List.of(FeatureSource.stem(first.source().file()))
                        : numbered("domain", count(numbers)));
        requireRange(first.source().labels(), first.labels(), classes, "classes");
        requireRange(FeatureSource.DOMAINS, numbers, names.size(), "domains");
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        names.forEach(name -> rows.put(name, new ArrayList<>()));
        for (int i = 0; i < n; i++) {
            rows.get(names.get(numbers.get(i).intValue())).add(i);
        }
        rows.forEach((name, own) -> {
            if (own.isEmpty()) {
                throw new ClapException(first.source().file() + " has no image in the domain " + name);
            }
        });
        return rows;
    }

    private void requireRange(String tensor, List<Long> values, int count, String what) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) < 0 || values.get(i) >= count) {
                throw new ClapException("Tensor " + tensor + " of "
                        + files.get(0).source().file() + " has the value " + values.get(i) + " for image " + i
                        + ", but " + what + " are numbered from 0 to " + (count - 1));
            }
        }
    }

    /** Returns an image, called by its row. */
    private LabelledImage image(int row) {
        LabelledFeatures first = files.get(0);
        Path path = first.source().file().resolve(String.valueOf(row));
        return new LabelledImage(path, first.labels().get(row).intValue());
    }

    /** Returns chosen rows of all matrices side by side. */
    private static FeatureMatrix sideBySide(List<FeatureMatrix> matrices, int dim, List<Integer> rows) {
        if ((long) rows.size() * dim > MOST_VALUES) {
            throw new ClapException(rows.size() + " images of a domain with " + dim
                    + " values each, all methods together, are too many; measure fewer images or methods at once");
        }
        float[] values = new float[rows.size() * dim];
        int at = 0;
        for (int row : rows) {
            for (FeatureMatrix matrix : matrices) {
                System.arraycopy(matrix.row(row), 0, values, at, matrix.dim());
                at += matrix.dim();
            }
        }
        return new FeatureMatrix(rows.stream().map(String::valueOf).toList(), dim, values);
    }

    private List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        int from = 0;
        for (LabelledFeatures file : files) {
            int start = from;
            int dim = file.images().dim();
            methods.add(Method.plain(file.source().method(), (features, alpha) -> columns(features, start, dim)));
            from += dim;
        }
        return methods;
    }

    private static FeatureMatrix columns(FeatureMatrix features, int from, int count) {
        float[] all = features.values();
        float[] values = new float[features.rows() * count];
        for (int i = 0; i < features.rows(); i++) {
            System.arraycopy(all, i * features.dim() + from, values, i * count, count);
        }
        return new FeatureMatrix(features.ids(), count, values);
    }

    /**
     * Returns prompt sets, in the files' order.
     *
     * @param names those wanted; empty for all
     * @throws ClapException if a file has no texts, or lacks a prompt that is wanted or that another file has
     */
    public List<PromptSet> prompts(Collection<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        if (names.isEmpty()) {
            files.forEach(file -> wanted.addAll(file.texts().keySet()));
        }
        for (LabelledFeatures file : files) {
            Set<String> own = file.texts().keySet();
            if (own.isEmpty()) {
                throw new ClapException(
                        file.source().file() + " has no features of texts, which prompts need: a tensor "
                                + FeatureSource.TEXTS + " with a row for each class");
            }
            for (String name : wanted) {
                if (!own.contains(name)) {
                    throw new ClapException(file.source().file() + " has no prompt " + name
                            + NearestName.hint(name, own) + "; it has " + String.join(", ", own)
                            + ", and methods are compared with the same prompts");
                }
            }
        }
        return wanted.stream().map(PrecomputedTexts::set).toList();
    }

    /** Returns the subject of measurements. */
    public Subject subject() {
        return subject;
    }

    /** Adds the data, and each method's file and fingerprint, to the record of a run. */
    public void describe(RunDescription record) {
        LabelledFeatures first = files.get(0);
        // Runs in which this is equal are of the same images.
        String fingerprint = Digests.of(first.labels() + "\n" + first.domains() + "\n"
                + String.join("\n", subject.dataset().classes()));
        record.data("images", subject.dataset(), fingerprint);
        ObjectNode methods = record.json()
                .withObjectProperty("data")
                .withObjectProperty("images")
                .putObject("features");
        for (LabelledFeatures file : files) {
            Path path = file.source().file().toAbsolutePath().normalize();
            methods.putObject(file.source().method())
                    .put("file", path.toString())
                    .put("fingerprint", file.fingerprint());
        }
    }
}
