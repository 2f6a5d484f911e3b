/** Tokenizers, with exactly the ids of CLIP's reference implementations. */
package dev.clap4j.internal.tokenizer;
