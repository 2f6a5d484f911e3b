/** Where the prompts of training come from: templates, files, random words, or styles that are learned. */
package dev.clap4j.training.source;
