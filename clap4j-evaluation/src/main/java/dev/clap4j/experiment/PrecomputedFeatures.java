package dev.clap4j.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.NearestName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

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
    private final EncodedDataset images;
    private final PromptEncoder texts;

    private PrecomputedFeatures(List<LabelledFeatures> files) {
        this.files = files;
        PrecomputedDataset data = PrecomputedDataset.of(files);
        List<String> classes = data.dataset().classes();
        this.images = new EncodedDataset(data.dataset(), wide(LabelledFeatures::images, data.rows()));
        Map<String, FeatureMatrix> prompts = new LinkedHashMap<>();
        int[][] all = {IntStream.range(0, classes.size()).toArray()};
        for (String name : common()) {
            prompts.put(name, wide(file -> file.texts().get(name), all).get(0));
        }
        this.texts = new PrecomputedTexts(dim(), classes, prompts);
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
        List<String> given = classes.isEmpty() ? classes : FeatureReader.distinct(classes, "The list of classes");
        List<FeatureReader> readers = sources.stream().map(FeatureReader::new).toList();
        requireMemory(readers.stream().mapToLong(FeatureReader::bytes).sum());
        List<LabelledFeatures> files = new ArrayList<>();
        for (FeatureReader reader : readers) {
            LabelledFeatures next = reader.read(given);
            files.forEach(file -> file.requireSameData(next));
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

    /** Returns chosen rows of all files side by side. */
    private List<FeatureMatrix> wide(Function<LabelledFeatures, FeatureMatrix> part, int[][] choices) {
        List<FeatureMatrix> matrices = files.stream().map(part).toList();
        List<FeatureMatrix> chosen = new ArrayList<>();
        for (int[] rows : choices) {
            if ((long) rows.length * dim() > MOST_VALUES) {
                throw new ClapException(rows.length + " images of a domain with " + dim()
                        + " values each, all methods together, are too many; measure fewer images or methods at once");
            }
            float[] values = new float[rows.length * dim()];
            int at = 0;
            for (int row : rows) {
                for (FeatureMatrix matrix : matrices) {
                    System.arraycopy(matrix.row(row), 0, values, at, matrix.dim());
                    at += matrix.dim();
                }
            }
            chosen.add(new FeatureMatrix(
                    IntStream.of(rows).mapToObj(Integer::toString).toList(), dim(), values));
        }
        return chosen;
    }

    private int dim() {
        return files.stream().mapToInt(file -> file.images().dim()).sum();
    }

    /** Returns the prompts that every file has. */
    private List<String> common() {
        return files.get(0).texts().keySet().stream()
                .filter(name -> files.stream().allMatch(file -> file.texts().containsKey(name)))
                .toList();
    }

    /** Returns the methods, in the order of the files. */
    public List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        int from = 0;
        for (LabelledFeatures file : files) {
            int start = from;
            int dim = file.images().dim();
            String name = file.source().method();
            methods.add(new Method(
                    name,
                    null,
                    (features, alpha) -> columns(features, start, dim),
                    null,
                    Condition.NONE.with(Condition.METHOD, name)));
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
        return new Subject(Optional.empty(), texts, images, methods(), Condition.NONE);
    }

    /** Adds the data, and each method's file and fingerprint, to the record of a run. */
    public void describe(RunDescription record) {
        record.data("images", images.dataset(), fingerprint());
        ObjectNode methods = record.json()
                .withObjectProperty("data")
                .withObjectProperty("images")
                .putObject("features");
        for (LabelledFeatures file : files) {
            methods.putObject(file.source().method())
                    .put(
                            "file",
                            file.source().file().toAbsolutePath().normalize().toString())
                    .put("fingerprint", fingerprint(file));
        }
    }

    /** Returns a fingerprint of labels, domains and class names: runs in which it is equal are of the same images. */
    private String fingerprint() {
        LabelledFeatures first = files.get(0);
        return Digests.of(Arrays.toString(first.labels()) + "\n" + Arrays.toString(first.domains()) + "\n"
                + String.join("\n", images.dataset().classes()));
    }

    private static String fingerprint(LabelledFeatures file) {
        MessageDigest digest = Digests.sha256();
        update(digest, file.images());
        file.texts().forEach((name, features) -> {
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            update(digest, features);
        });
        return Digests.finish(digest);
    }

    private static void update(MessageDigest digest, FeatureMatrix features) {
        ByteBuffer row = ByteBuffer.allocate(Math.multiplyExact(features.dim(), Float.BYTES));
        for (int i = 0; i < features.rows(); i++) {
            row.asFloatBuffer().put(features.row(i));
            digest.update(row.array());
        }
    }
}
