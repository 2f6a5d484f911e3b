/** The command line: one command a file, thin; what they do lives in the modules below. */
package dev.clap4j.cli;
