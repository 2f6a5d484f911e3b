package dev.clap4j.evaluation.plot;

import java.awt.BasicStroke;
import java.awt.Color;

/**
 * The style of one name.
 *
 * @param colour the colour of markers, lines and bars
 * @param marker the shape of markers
 * @param line the line style
 */
record Style(Color colour, MarkerShape marker, BasicStroke line) {}
