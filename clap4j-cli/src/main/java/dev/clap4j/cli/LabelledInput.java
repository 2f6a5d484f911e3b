package dev.clap4j.cli;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.DatasetFingerprint;
import dev.clap4j.dataset.LabelledSources;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The labelled images of a command.
 *
 * @param dataset the images, their classes and domains
 * @param sources the archives, tables and lists that hold the images; empty if they are files in a folder
 */
record LabelledInput(Dataset dataset, Optional<LabelledSources> sources) {
    static LabelledInput of(Dataset folder) {
        return new LabelledInput(folder, Optional.empty());
    }

    static LabelledInput of(LabelledSources sources) {
        return new LabelledInput(sources.dataset(), Optional.of(sources));
    }

    /** Some of the images. */
    LabelledInput with(UnaryOperator<Dataset> change) {
        Dataset changed = change.apply(dataset);
        return new LabelledInput(changed, sources.map(all -> all.with(changed)));
    }

    /** Identifies the images and their order. */
    String fingerprint() {
        return sources.map(LabelledSources::fingerprint).orElseGet(() -> DatasetFingerprint.of(dataset));
    }
}
