package dev.clap4j.cli;

import dev.clap4j.head.Head;
import java.util.List;

/**
 * A head that is compared with others.
 *
 * @param name what it is called in tables and plots
 * @param head the head
 * @param alphas its strengths, at least one
 */
record NamedHead(String name, Head head, List<Float> alphas) {}
