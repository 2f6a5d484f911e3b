/** Styles learned through the frozen text encoder (PromptStyler). */
package dev.clap4j.internal.style;
