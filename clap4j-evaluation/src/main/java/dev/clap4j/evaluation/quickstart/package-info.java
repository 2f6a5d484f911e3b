/** CLIP against CLAP in one go: heads from class names alone, measured where style shows, on domains nobody trained on. */
package dev.clap4j.evaluation.quickstart;
