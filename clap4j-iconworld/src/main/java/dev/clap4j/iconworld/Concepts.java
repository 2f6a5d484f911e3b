package dev.clap4j.iconworld;

import dev.clap4j.ClapException;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.prompt.ClassNames;
import java.util.List;

/** Looks up the concepts of icon world by name. */
public final class Concepts {
    private Concepts() {}

    /**
     * Returns a concept by its name, in any case, with underscores or spaces.
     *
     * @throws ClapException if there is none, listing the concepts
     */
    public static Concept named(String name) {
        String plain = ClassNames.fromFolder(name);
        return Concept.ALL.stream()
                .filter(concept -> concept.name().equals(plain))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static ClapException unknown(String name) {
        List<String> known = Concept.ALL.stream().map(Concept::name).toList();
        return new ClapException(
                "Icon world has no " + name + NearestName.hint(name, known) + "; it has " + String.join(", ", known));
    }
}
