/** The HTTP server: its limits, and the wiring of all other parts. */
package dev.clap4j.internal.server;
