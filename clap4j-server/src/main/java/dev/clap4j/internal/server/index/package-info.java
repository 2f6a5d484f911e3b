/** Search in indexes of pictures, their thumbnails, and a map of them. */
package dev.clap4j.internal.server.index;
