/** Zero-shot classification: comparing features of images with features of class names. */
package dev.clap4j.internal.classify;
