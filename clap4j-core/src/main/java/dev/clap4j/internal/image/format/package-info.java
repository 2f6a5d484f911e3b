/** The kinds of image files, each to a bitmap of the mode and with the samples that Pillow gives it. */
package dev.clap4j.internal.image.format;
