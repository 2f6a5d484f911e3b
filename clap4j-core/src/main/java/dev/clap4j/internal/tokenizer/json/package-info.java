/** Strict reading of the JSON files of tokenizers. */
package dev.clap4j.internal.tokenizer.json;
