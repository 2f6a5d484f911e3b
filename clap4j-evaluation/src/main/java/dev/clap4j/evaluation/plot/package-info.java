/** Figures with scatter, bar and line plots in a common style, as PNG and SVG. */
package dev.clap4j.evaluation.plot;
