/** Character properties, as seen by the tokenizers' reference implementations. */
package dev.clap4j.internal.tokenizer.unicode;
