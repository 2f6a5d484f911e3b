/** Zero-shot classification: features of class names against features of images. */
package dev.clap4j.internal.classify;
