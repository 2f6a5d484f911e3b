/** Mutations of valid files: blind ones, and those that know the format and keep the rest of it valid. */
package dev.clap4j.fuzz.mutation;
