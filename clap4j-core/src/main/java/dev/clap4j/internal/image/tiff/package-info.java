/** TIFF files: directories, strips and tiles, their compression, and the sample layouts that Pillow supports. */
package dev.clap4j.internal.image.tiff;
