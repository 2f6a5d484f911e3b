/** Figures of maps, bars and lines, as PNG and SVG, in one look. */
package dev.clap4j.evaluation.plot;
