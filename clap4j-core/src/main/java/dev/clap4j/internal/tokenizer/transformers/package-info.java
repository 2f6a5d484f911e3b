/** Tokenizers as Hugging Face's Transformers loads them from the files of a model, by the name of their class. */
package dev.clap4j.internal.tokenizer.transformers;
