/** The patterns used by tokenizers: words, literal texts, and regular expressions with bounded running time. */
package dev.clap4j.internal.tokenizer.pattern;
