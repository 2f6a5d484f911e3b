/** The requests that a server answers, one class for each. */
package dev.clap4j.internal.server.api;
