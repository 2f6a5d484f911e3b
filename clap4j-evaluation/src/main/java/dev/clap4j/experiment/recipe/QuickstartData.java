package dev.clap4j.experiment.recipe;

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
 * @param seen domains on which the model was trained, used to choose alpha
 * @param unseen domains used for neither training nor choosing alpha, with the same classes
 * @param imageType returns the type of an image file: painting, sketch, …
 */
public record QuickstartData(Dataset seen, Dataset unseen, Function<Path, String> imageType) {
    /**
     * Checks that both sets have the same classes.
     *
     * @throws ClapException if they do not
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

    /** Returns the class names. */
    public List<String> classes() {
        return seen.classes();
    }

    /** Returns the types of the unseen images, sorted. */
    List<String> imageTypes() {
        return List.copyOf(new TreeSet<>(unseen.files().stream().map(imageType).toList()));
    }

    /** Returns the index of each unseen image's type in {@link #imageTypes}. */
    int[] imageTypeNumbers() {
        List<String> types = imageTypes();
        return unseen.files().stream()
                .mapToInt(file -> types.indexOf(imageType.apply(file)))
                .toArray();
    }

    /** Returns the label of each unseen image. */
    int[] unseenLabels() {
        return unseen.domains().stream()
                .map(Domain::labels)
                .flatMapToInt(IntStream::of)
                .toArray();
    }
}
