/** Cleaning of texts before tokenization, as in CLIP's reference implementations. */
package dev.clap4j.internal.tokenizer.cleaning;
