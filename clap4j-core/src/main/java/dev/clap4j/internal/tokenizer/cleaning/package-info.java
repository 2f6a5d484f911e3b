/** Text to text: what the reference implementations of CLIP do before they cut a text into tokens. */
package dev.clap4j.internal.tokenizer.cleaning;
