package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import java.util.Optional;
import java.util.ServiceLoader;

/** Synonyms that are loaded on first use. */
final class InstalledSynonyms {
    private static final Optional<Synonyms> FOUND =
            ServiceLoader.load(Synonyms.class).findFirst();

    private InstalledSynonyms() {}

    static Synonyms get() {
        return FOUND.orElseThrow(() -> new ClapException(
                "The augmentation eda needs synonyms, and there are none on the class path; add clap4j-training, which"
                        + " brings those of WordNet"));
    }
}
