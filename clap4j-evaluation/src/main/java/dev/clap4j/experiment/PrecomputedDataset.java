package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The data set of features computed elsewhere, whose images are called by their row.
 *
 * @param dataset the data set
 * @param rows the rows of each domain's images in the files
 */
record PrecomputedDataset(Dataset dataset, int[][] rows) {
    /**
     * Returns the data set of one or several files.
     *
     * @throws ClapException if labels or domains are out of range, or the files differ in the number of classes
     */
    static PrecomputedDataset of(List<LabelledFeatures> files) {
        LabelledFeatures first = files.get(0);
        List<String> classes = classes(files);
        requireRange(first, first.source().labels(), first.labels(), classes.size(), "classes");
        Path root = first.source().file();
        int n = first.images().rows();
        List<String> names = domains(files);
        long[] numbers = first.domains().length == 0 ? new long[n] : first.domains();
        requireRange(first, FeatureSource.DOMAINS, numbers, names.size(), "domains");
        int[][] rows = rows(numbers, names.size());
        List<Domain> domains = new ArrayList<>();
        for (int d = 0; d < rows.length; d++) {
            if (rows[d].length == 0) {
                throw new ClapException(root + " has no image in the domain " + names.get(d));
            }
            domains.add(new Domain(
                    names.get(d),
                    IntStream.of(rows[d])
                            .mapToObj(i -> new LabelledImage(root.resolve(String.valueOf(i)), (int) first.labels()[i]))
                            .toList()));
        }
        return new PrecomputedDataset(new Dataset(root, classes, domains), rows);
    }

    private static int[][] rows(long[] numbers, int domains) {
        List<IntStream.Builder> rows =
                IntStream.range(0, domains).mapToObj(d -> IntStream.builder()).toList();
        for (int i = 0; i < numbers.length; i++) {
            rows.get((int) numbers[i]).add(i);
        }
        return rows.stream().map(row -> row.build().toArray()).toArray(int[][]::new);
    }

    /** Returns the class names: those of any file, or else numbers. */
    private static List<String> classes(List<LabelledFeatures> files) {
        LabelledFeatures counted =
                files.stream().filter(file -> file.classCount() > 0).findFirst().orElse(files.get(0));
        for (LabelledFeatures file : files) {
            if (file.classCount() > 0 && file.classCount() != counted.classCount()) {
                throw new ClapException(counted.source().file() + " is of " + counted.classCount() + " classes, and "
                        + file.source().file() + " of " + file.classCount());
            }
        }
        int count = counted.classCount() > 0 ? counted.classCount() : count(counted.labels());
        return files.stream()
                .map(LabelledFeatures::classes)
                .filter(names -> !names.isEmpty())
                .findFirst()
                .orElseGet(() -> numbered("class", count));
    }

    /** Returns the domain names: those of any file, or else numbers, or the file's name if there is only one. */
    private static List<String> domains(List<LabelledFeatures> files) {
        LabelledFeatures first = files.get(0);
        boolean single = first.domains().length == 0;
        for (LabelledFeatures file : files) {
            if (single && file.domainNames().size() > 1) {
                throw new ClapException(
                        file.source().file() + " names " + file.domainNames().size() + " domains, but has no tensor "
                                + FeatureSource.DOMAINS + " with the domain of each image");
            } else if (!file.domainNames().isEmpty()) {
                return file.domainNames();
            }
        }
        return single ? List.of(FeatureSource.stem(first.source().file())) : numbered("domain", count(first.domains()));
    }

    /** Returns one more than the largest number, but no more than there are images. */
    private static int count(long[] numbers) {
        long most = LongStream.of(numbers).max().orElseThrow();
        return (int) Math.max(0, Math.min(most, numbers.length - 1L)) + 1;
    }

    private static List<String> numbered(String what, int count) {
        return IntStream.range(0, count).mapToObj(i -> what + " " + i).toList();
    }

    private static void requireRange(LabelledFeatures file, String tensor, long[] values, int count, String what) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < 0 || values[i] >= count) {
                throw new ClapException(
                        "Tensor " + tensor + " of " + file.source().file() + " has the value " + values[i]
                                + " for image " + i + ", but " + what + " are numbered from 0 to " + (count - 1));
            }
        }
    }
}
