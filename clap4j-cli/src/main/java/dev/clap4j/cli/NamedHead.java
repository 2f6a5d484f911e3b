package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import java.util.List;

/**
 * A head that is compared with others.
 *
 * @param name its name in tables and plots
 * @param head the head
 * @param alphas its values of α, or that they are left open
 */
record NamedHead(String name, Head head, AlphaChoice alphas) {
    /** Returns a copy with the chosen α; unchanged if none was chosen. */
    NamedHead with(AlphaSelection selection) {
        return selection == null ? this : new NamedHead(name, head, new AlphaChoice(List.of(selection.alpha())));
    }
}
