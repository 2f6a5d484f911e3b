/** TIFF files: directories, strips and tiles, their packing, and the kinds of samples that Pillow knows. */
package dev.clap4j.internal.image.tiff;
