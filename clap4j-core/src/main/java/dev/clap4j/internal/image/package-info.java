/** Image files to the pixels that the image encoder takes, as the reference prepares them with Pillow. */
package dev.clap4j.internal.image;
