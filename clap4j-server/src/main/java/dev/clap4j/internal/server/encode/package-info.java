/** Texts and pictures of many requests, encoded in common batches. */
package dev.clap4j.internal.server.encode;
