/**
 * The steps described by a {@code tokenizer.json} of Hugging Face's tokenizers library: added tokens, normalizer,
 * pre-tokenizer, model, post-processor.
 */
package dev.clap4j.internal.tokenizer.pipeline;
