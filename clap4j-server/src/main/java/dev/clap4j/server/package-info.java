/**
 * A model behind HTTP: {@link dev.clap4j.server.ClapServer} answers requests in OpenAI's shape for embeddings, and
 * classifies pictures.
 */
package dev.clap4j.server;
