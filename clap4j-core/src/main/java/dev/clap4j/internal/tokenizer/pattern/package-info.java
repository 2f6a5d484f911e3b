/** Patterns that tokenizers look for in texts: words, literal texts, regular expressions that end after few steps. */
package dev.clap4j.internal.tokenizer.pattern;
