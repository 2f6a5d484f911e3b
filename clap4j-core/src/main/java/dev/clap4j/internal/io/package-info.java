/** Files: tensor files, memory-mapped and read without executing anything; atomic writes, locks and digests. */
package dev.clap4j.internal.io;
