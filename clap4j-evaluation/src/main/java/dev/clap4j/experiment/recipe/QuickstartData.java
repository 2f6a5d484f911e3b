package dev.clap4j.experiment.recipe;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The images of a quickstart.
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
            different.addAll(unseen.classes());
            different.removeIf(
                    name -> seen.classes().contains(name) && unseen.classes().contains(name));
            throw new ClapException("The data sets " + seen.root() + " and " + unseen.root()
                    + " should have the same classes, but only one of them has " + String.join(", ", different));
        }
    }

    /** Returns the class names. */
    public List<String> classes() {
        return seen.classes();
    }
}
