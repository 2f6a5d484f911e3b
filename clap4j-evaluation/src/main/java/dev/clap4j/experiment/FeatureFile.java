package dev.clap4j.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.io.NpyFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A file of labelled features, opened but not yet read. */
final class FeatureFile {
    private static final String NPY = ".npy";

    /** Several copies of a number exist at once. */
    private static final long VALUE_BYTES = 6 * Float.BYTES;

    /** A row has names, a path and a label. */
    private static final long ROW_BYTES = 400;

    private final FeatureSource source;
    private final Set<String> names;
    private final Function<String, TensorData> tensors;
    private final Map<String, String> metadata;
    private final List<String> texts;

    /** Opens a file that has the tensors of a source. */
    FeatureFile(FeatureSource source) {
        this.source = source;
        if (String.valueOf(source.file().getFileName()).endsWith(NPY)) {
            Map<String, Path> files = numpyFiles(source.file());
            this.names = files.keySet();
            this.tensors = name -> NpyFile.read(files.get(name), name);
            this.metadata = Map.of();
        } else {
            TensorFile file = TensorFile.open(source.file());
            this.names = file.names();
            this.tensors = file::get;
            this.metadata = file.metadata();
        }
        Stream.concat(Stream.of(source.images()), source.texts().stream()).forEach(tensor -> {
            if (!names.contains(tensor)) {
                throw missing(tensor, "");
            }
        });
        this.texts = source.texts().isEmpty()
                ? names.stream()
                        .filter(name -> name.equals(FeatureSource.TEXTS)
                                || !prompt(name).equals(name))
                        .sorted()
                        .toList()
                : source.texts().stream().distinct().toList();
    }

    /** Returns the files beside {@code mine.npy}, the images: {@code mine.labels.npy} holds the labels, and so on. */
    private static Map<String, Path> numpyFiles(Path images) {
        Map<String, Path> files = new TreeMap<>(Map.of(FeatureSource.IMAGES, images));
        String start = FeatureSource.stem(images) + ".";
        try (Stream<Path> beside = Files.list(images.toAbsolutePath().getParent())) {
            beside.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start) && name.endsWith(NPY))
                    .filter(name -> name.length() > start.length() + NPY.length())
                    .forEach(name -> files.put(
                            name.substring(start.length(), name.length() - NPY.length()), images.resolveSibling(name)));
        } catch (IOException e) {
            throw new ClapException("Cannot read the folder of " + images + ": " + IoReasons.of(e), e);
        } catch (UncheckedIOException e) {
            throw new ClapException("Cannot read the folder of " + images + ": " + IoReasons.of(e.getCause()), e);
        }
        return files;
    }

    private ClapException missing(String tensor, String why) {
        return new ClapException(source.file() + " has no tensor " + tensor + NearestName.hint(tensor, names) + why
                + "; it has " + Names.preview(names) + ". Other names are given as "
                + source.file().getFileName() + "#IMAGES,LABELS,TEXTS");
    }

    /** Returns the prompt that a tensor of texts belongs to: what follows {@code texts.}, or else its name. */
    private static String prompt(String tensor) {
        return tensor.replaceFirst("^" + FeatureSource.TEXTS + "\\.(?=.)", "");
    }

    /** Returns about how many bytes of memory the features take when they are measured. */
    long bytes() {
        return Stream.concat(Stream.of(source.images()), texts.stream())
                .map(tensors)
                .filter(tensor -> tensor.shape().length > 0)
                .mapToLong(tensor ->
                        VALUE_BYTES * tensor.elements() + ROW_BYTES * Math.min(tensor.shape()[0], tensor.elements()))
                .sum();
    }

    /** Reads and checks the features, with the given class names, or else the file's. */
    LabelledFeatures read(List<String> given) {
        List<String> classes = given.isEmpty() ? names("classes") : given;
        FeatureMatrix images = matrix(source.images());
        if (images.rows() == 0) {
            throw new ClapException(source.file() + " has no images: its tensor " + source.images() + " has no rows");
        }
        int count = classes.size();
        Map<String, FeatureMatrix> prompts = new LinkedHashMap<>();
        for (String name : texts) {
            FeatureMatrix text = matrix(name);
            if (text.dim() != images.dim()) {
                throw new ClapException(
                        where(name) + " has " + text.dim() + " columns, but the images have " + images.dim());
            }
            if (text.rows() == 0 || (count > 0 && text.rows() != count)) {
                throw new ClapException(
                        where(name) + " has " + text.rows() + " rows, but there should be one for each of "
                                + (count == 0 ? "the" : "the " + count) + " classes");
            }
            count = text.rows();
            prompts.put(prompt(name), text);
        }
        List<Long> labels = labels(images.rows(), count);
        boolean isSplit = names.contains(FeatureSource.DOMAINS);
        List<Long> domains = isSplit ? integers(FeatureSource.DOMAINS, images.rows()) : List.of();
        List<String> domainNames = names("domains");
        if (!isSplit && domainNames.size() > 1) {
            throw new ClapException(source.file() + " names " + domainNames.size() + " domains, but has no tensor "
                    + FeatureSource.DOMAINS + " with the domain of each image");
        }
        return new LabelledFeatures(source, images, labels, domains, prompts, count, classes, domainNames);
    }

    /** Returns the labels; without any, 0 to n − 1 if there are as many images as classes. */
    private List<Long> labels(int rows, int classes) {
        if (names.contains(source.labels())) {
            return integers(source.labels(), rows);
        }
        if (rows != classes || !source.labels().equals(FeatureSource.LABELS)) {
            throw missing(source.labels(), ", and labels may be left out only if each class has one image, in order");
        }
        return LongStream.range(0, rows).boxed().toList();
    }

    private FeatureMatrix matrix(String name) {
        FeatureMatrix matrix = FeatureFiles.matrix(tensors.apply(name), source.file(), LabelledFeatures::numbers);
        float[] values = matrix.values();
        for (int row = 0; row < matrix.rows(); row++) {
            int start = row * matrix.dim();
            if (IntStream.range(start, start + matrix.dim()).allMatch(i -> values[i] == 0)) {
                throw new ClapException(
                        where(name) + " has only zeros in row " + row + "; a feature needs a direction to be compared");
            }
        }
        return matrix;
    }

    private List<Long> integers(String name, int rows) {
        TensorData tensor = tensors.apply(name);
        if (!Arrays.equals(tensor.shape(), new long[] {rows}) || tensor.type().isFloat()) {
            throw new ClapException(where(name) + " should hold " + rows + " integers, one for each image, but is "
                    + tensor.type() + Arrays.toString(tensor.shape()));
        }
        return LongStream.of(tensor.toLongs()).boxed().toList();
    }

    /** Returns the names in an entry of the metadata; empty if there is none. */
    private List<String> names(String entry) {
        if (!metadata.containsKey(entry)) {
            return List.of();
        }
        String where = "The metadata entry " + entry + " of " + source.file();
        String[] names;
        try {
            names = JsonFiles.parse(metadata.get(entry), String[].class);
        } catch (JsonProcessingException e) {
            throw new ClapException(where + " should be a JSON list of names: " + JsonReasons.of(e), e);
        } catch (ClapException e) {
            throw new ClapException(where + " should be a JSON list of names, but " + e.getMessage(), e);
        }
        return distinct(Arrays.asList(names), where);
    }

    /** Returns a list of names if there are any, and none is missing, blank or repeated. */
    static List<String> distinct(List<String> names, String where) {
        if (names.isEmpty() || names.stream().anyMatch(name -> name == null || name.isBlank())) {
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
