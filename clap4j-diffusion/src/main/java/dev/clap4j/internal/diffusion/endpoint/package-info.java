/** Servers that draw: the requests and answers of their interfaces. */
package dev.clap4j.internal.diffusion.endpoint;
