/** The supported image formats, decoded to bitmaps with the mode and samples that Pillow produces. */
package dev.clap4j.internal.image.format;
