/** Prompts written by a language model over HTTP. */
package dev.clap4j.prompt.llm;
