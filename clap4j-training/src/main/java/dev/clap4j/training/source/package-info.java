/** Sources of training prompts: templates, files, random words, or learned styles. */
package dev.clap4j.training.source;
