/** Properties of characters, as the reference implementations of tokenizers see them. */
package dev.clap4j.internal.tokenizer.unicode;
