/** Prompts: templates, text augmentations, the styles of the evaluation. */
package dev.clap4j.prompt;
