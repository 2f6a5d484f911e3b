/** The main API: loading models, encoding and classifying images, progress and errors. */
package dev.clap4j;
