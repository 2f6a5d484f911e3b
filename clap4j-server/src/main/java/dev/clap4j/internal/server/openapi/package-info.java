/** The description of the API for programs, and the page made from it for people. */
package dev.clap4j.internal.server.openapi;
