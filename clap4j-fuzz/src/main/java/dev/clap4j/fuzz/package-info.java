/** Programs that try for a long time to break clap4j: malformed files here, other kinds of trouble in packages below. */
package dev.clap4j.fuzz;
