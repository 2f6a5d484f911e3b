package dev.clap4j.cli;

import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;

/**
 * A head that is compared with others.
 *
 * @param name its name in tables and plots
 * @param head the head
 * @param alphas its values of α, or that they are left open
 */
record NamedHead(String name, Head head, AlphaChoice alphas) {}
