/** Long-running programs that try to break clap4j: malformed files here, other kinds of trouble in subpackages. */
package dev.clap4j.fuzz;
