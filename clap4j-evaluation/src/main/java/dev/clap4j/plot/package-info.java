/** Figures with scatter, bar and line plots in a common style, as PNG, SVG and PDF. */
package dev.clap4j.plot;
