/**
 * The steps from a text to token ids that a {@code tokenizer.json} of Hugging Face's tokenizers library describes: added
 * tokens, normalizer, pre-tokenizer, model, post-processor.
 */
package dev.clap4j.internal.tokenizer.pipeline;
