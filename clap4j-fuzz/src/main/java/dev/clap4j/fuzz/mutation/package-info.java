/** Changes to sound files that programs trip over: blind ones, and such as know the format and keep the rest of it sound. */
package dev.clap4j.fuzz.mutation;
