package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * How what has one name looks.
 *
 * @param colour of everything
 * @param marker of points
 * @param line of lines
 */
record Style(Color colour, MarkerShape marker, BasicStroke line) {}
