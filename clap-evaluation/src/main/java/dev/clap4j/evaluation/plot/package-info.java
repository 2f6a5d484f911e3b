/** Figures for papers, pages and terminals' neighbours: scatter plots, bars and lines, as PNG and SVG, in one look. */
package dev.clap4j.evaluation.plot;
