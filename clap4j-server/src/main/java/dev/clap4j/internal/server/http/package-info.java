/** HTTP: bodies within limits, errors in OpenAI's shape, keys, origins, log lines. */
package dev.clap4j.internal.server.http;
