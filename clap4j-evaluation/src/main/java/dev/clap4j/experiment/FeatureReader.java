package dev.clap4j.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads a {@link FeatureSource}. */
final class FeatureReader {
    /** Several copies of a number exist at once. */
    private static final long VALUE_BYTES = 6 * Float.BYTES;

    /** A row has names, a path and a label. */
    private static final long ROW_BYTES = 400;

    private final FeatureSource source;
    private final TensorFile file;
    private final List<String> texts;

    /**
     * Opens a file without reading features.
     *
     * @throws ClapException if it cannot be read or lacks a tensor
     */
    FeatureReader(FeatureSource source) {
        this.source = source;
        this.file = NpyTensors.is(source.file()) ? NpyTensors.open(source.file()) : TensorFile.open(source.file());
        require(source.images());
        source.texts().forEach(this::require);
        this.texts = source.texts().isEmpty()
                ? file.names().stream()
                        .filter(name -> !prompt(name).equals(name) || name.equals(FeatureSource.TEXTS))
                        .sorted()
                        .toList()
                : source.texts().stream().distinct().toList();
    }

    private void require(String tensor) {
        if (!file.contains(tensor)) {
            throw missing(tensor, "");
        }
    }

    private ClapException missing(String tensor, String why) {
        return new ClapException(source.file() + " has no tensor " + tensor + NearestName.hint(tensor, file.names())
                + why + "; it has " + Names.preview(file.names()) + ". Other names are given as "
                + source.file().getFileName() + "#IMAGES,LABELS,TEXTS");
    }

    /** Returns the prompt that a tensor of texts belongs to: what follows {@code texts.}, or else its name. */
    private static String prompt(String tensor) {
        String start = FeatureSource.TEXTS + ".";
        return tensor.startsWith(start) && tensor.length() > start.length() ? tensor.substring(start.length()) : tensor;
    }

    /** Returns about how many bytes of memory the features take when they are measured. */
    long bytes() {
        return Stream.concat(Stream.of(source.images()), texts.stream())
                .map(file::info)
                .mapToLong(info -> info.shape().length == 0
                        ? 0
                        : VALUE_BYTES * info.elements() + ROW_BYTES * Math.min(info.shape()[0], info.elements()))
                .sum();
    }

    /**
     * Reads the features.
     *
     * @param given the class names; empty to read them from the file
     * @throws ClapException if a tensor has another type or shape, a value is not finite, or the numbers of classes
     *     contradict one another
     */
    LabelledFeatures read(List<String> given) {
        FeatureMatrix images = matrix(source.images());
        if (images.rows() == 0) {
            throw new ClapException(source.file() + " has no images: its tensor " + source.images() + " has no rows");
        }
        List<String> classes = given.isEmpty() ? names("classes") : given;
        Map<String, FeatureMatrix> prompts = new LinkedHashMap<>();
        for (String name : texts) {
            FeatureMatrix text = matrix(name);
            if (text.dim() != images.dim()) {
                throw new ClapException(
                        where(name) + " has " + text.dim() + " columns, but the images have " + images.dim());
            }
            int expected = LabelledFeatures.count(classes, prompts);
            if (text.rows() == 0 || (expected > 0 && text.rows() != expected)) {
                throw new ClapException(
                        where(name) + " has " + text.rows() + " rows, but there should be one for each of "
                                + (expected == 0 ? "the" : "the " + expected) + " classes");
            }
            prompts.put(prompt(name), text);
        }
        return new LabelledFeatures(
                source,
                images,
                labels(images.rows(), LabelledFeatures.count(classes, prompts)),
                file.contains(FeatureSource.DOMAINS) ? integers(FeatureSource.DOMAINS, images.rows()) : new long[0],
                prompts,
                classes,
                names("domains"));
    }

    /** Returns the labels; without any, 0 to n − 1 if there are as many images as classes. */
    private long[] labels(int rows, int classes) {
        if (file.contains(source.labels())) {
            return integers(source.labels(), rows);
        }
        if (rows != classes || !source.labels().equals(FeatureSource.LABELS)) {
            throw missing(source.labels(), ", and labels may be left out only if each class has one image, in order");
        }
        return LongStream.range(0, rows).toArray();
    }

    private FeatureMatrix matrix(String name) {
        return FeatureFiles.matrix(file.get(name), source.file(), rows -> IntStream.range(0, rows)
                .mapToObj(Integer::toString)
                .toList());
    }

    private long[] integers(String name, int rows) {
        TensorData tensor = file.get(name);
        boolean isList = tensor.shape().length == 1 && tensor.shape()[0] == rows;
        if (!isList || tensor.type().isFloat()) {
            throw new ClapException(where(name) + " should hold " + rows + " integers, one for each image, but is "
                    + tensor.type() + Arrays.toString(tensor.shape()));
        }
        return tensor.toLongs();
    }

    /** Returns the names in an entry of the metadata; empty if there is none. */
    private List<String> names(String entry) {
        String text = file.metadata().get(entry);
        if (text == null) {
            return List.of();
        }
        String where = "The metadata entry " + entry + " of " + source.file();
        String[] names;
        try {
            names = JsonFiles.parse(text, String[].class);
        } catch (JsonProcessingException e) {
            throw new ClapException(where + " should be a JSON list of names: " + JsonReasons.of(e), e);
        } catch (ClapException e) {
            throw new ClapException(where + " should be a JSON list of names, but " + e.getMessage(), e);
        }
        return distinct(Arrays.asList(names), where);
    }

    /**
     * Checks a list of names.
     *
     * @throws ClapException if it is empty, or one is missing, blank or repeated
     */
    static List<String> distinct(List<String> names, String where) {
        if (names.isEmpty()
                || names.stream().anyMatch(Objects::isNull)
                || names.stream().anyMatch(String::isBlank)) {
            throw new ClapException(
                    where + " should be a list of names, but " + (names.isEmpty() ? "is" : "one is") + " empty");
        }
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (!seen.add(Names.composed(name))) {
                throw new ClapException(where + " has the name " + Names.brief(name) + " twice");
            }
        }
        return List.copyOf(seen);
    }

    private String where(String tensor) {
        return "Tensor " + tensor + " of " + source.file();
    }
}
