/** Icon world: emoji of eleven teams as a data set of several domains, with captions; and what is built from it. */
package dev.clap4j.iconworld;
