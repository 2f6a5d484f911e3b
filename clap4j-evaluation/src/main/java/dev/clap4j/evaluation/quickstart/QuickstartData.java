package dev.clap4j.evaluation.quickstart;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The images of an experiment.
 *
 * @param seen domains the model was trained on, by which α is chosen
 * @param unseen domains that nothing was trained on or chosen by, with the same classes
 * @param imageType the kind of picture of an image file: painting, sketch, …
 */
public record QuickstartData(Dataset seen, Dataset unseen, Function<Path, String> imageType) {
    /**
     * Checks that both sets have the same classes.
     *
     * @throws ClapException if they have not
     */
    public QuickstartData {
        if (!seen.classes().equals(unseen.classes())) {
            TreeSet<String> different = new TreeSet<>(seen.classes());
            different.removeAll(unseen.classes());
            TreeSet<String> others = new TreeSet<>(unseen.classes());
            others.removeAll(seen.classes());
            different.addAll(others);
            throw new ClapException("The data sets " + seen.root() + " and " + unseen.root()
                    + " should have the same classes, but only one of them has " + String.join(", ", different));
        }
    }

    /** The class names. */
    public List<String> classes() {
        return seen.classes();
    }

    /** The kinds of picture among the unseen images, sorted. */
    List<String> imageTypes() {
        return List.copyOf(new TreeSet<>(unseen.files().stream().map(imageType).toList()));
    }

    /** The number of the kind of each unseen image in {@link #imageTypes}. */
    int[] imageTypeNumbers() {
        List<String> types = imageTypes();
        return unseen.files().stream()
                .mapToInt(file -> types.indexOf(imageType.apply(file)))
                .toArray();
    }

    /** The label of each unseen image. */
    int[] unseenLabels() {
        return unseen.domains().stream()
                .map(Domain::labels)
                .flatMapToInt(IntStream::of)
                .toArray();
    }
}
