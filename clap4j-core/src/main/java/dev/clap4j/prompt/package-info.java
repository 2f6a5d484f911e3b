/** Prompts: templates, text augmentation, and the prompt styles of the evaluation. */
package dev.clap4j.prompt;
