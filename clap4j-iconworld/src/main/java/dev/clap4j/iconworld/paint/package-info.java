/** Painting of scenes: backgrounds, the eight image types, the two art styles. */
package dev.clap4j.iconworld.paint;
