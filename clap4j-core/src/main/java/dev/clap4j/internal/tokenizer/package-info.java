/** Text to token ids, exactly as CLIP's reference implementation does it. */
package dev.clap4j.internal.tokenizer;
