/** The fuzzer's targets: valid files of every kind, and how the program uses them. */
package dev.clap4j.fuzz.target;
