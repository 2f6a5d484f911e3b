/** The model that is served, and the head that may be replaced while it is. */
package dev.clap4j.internal.server.model;
