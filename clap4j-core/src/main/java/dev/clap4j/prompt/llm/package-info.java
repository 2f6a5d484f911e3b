/** Prompts written by a language model, asked for over HTTP. */
package dev.clap4j.prompt.llm;
