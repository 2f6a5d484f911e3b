/** SentencePiece's model files, such as {@code spiece.model}. */
package dev.clap4j.internal.tokenizer.sentencepiece;
