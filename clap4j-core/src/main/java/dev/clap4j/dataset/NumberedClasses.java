package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Classes that have numbers for names. */
final class NumberedClasses {
    private NumberedClasses() {}

    /** Returns a data set with the names of the numbers that its classes are, sorted by name. */
    static Dataset named(Dataset numbered, List<String> names) {
        int[] numbers = numbered.classes().stream().mapToInt(Integer::parseInt).toArray();
        int most = IntStream.of(numbers).max().orElseThrow();
        if (most >= names.size()) {
            throw new ClapException("The classes in " + numbered.root() + " are numbers up to " + most + ", but "
                    + names.size() + " are named; name those of 0, 1, 2 and so on");
        }
        List<String> found = IntStream.of(numbers).mapToObj(names::get).toList();
        List<String> classes = found.stream().distinct().sorted().toList();
        int[] labels = found.stream().mapToInt(classes::indexOf).toArray();
        List<Domain> domains = numbered.domains().stream()
                .map(domain ->
                        new Domain(domain.name(), relabelled(domain, labels).toList()))
                .toList();
        return new Dataset(numbered.root(), classes, domains, numbered.unreadable());
    }

    private static Stream<LabelledImage> relabelled(Domain domain, int[] labels) {
        return domain.images().stream()
                .map(image -> new LabelledImage(image.path(), labels[image.label()]))
                .sorted(Comparator.comparing(LabelledImage::label));
    }
}
