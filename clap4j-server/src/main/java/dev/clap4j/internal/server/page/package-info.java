/** The page of a server, for people. */
package dev.clap4j.internal.server.page;
