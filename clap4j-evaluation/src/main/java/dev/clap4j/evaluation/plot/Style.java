package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * The style of one name.
 *
 * @param colour of everything
 * @param marker of points
 * @param line of lines
 */
record Style(Color colour, MarkerShape marker, BasicStroke line) {}
