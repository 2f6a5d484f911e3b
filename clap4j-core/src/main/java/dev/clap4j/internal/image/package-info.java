/** Decoding and preprocessing of images for the image encoder, with the reference's (Pillow's) results. */
package dev.clap4j.internal.image;
