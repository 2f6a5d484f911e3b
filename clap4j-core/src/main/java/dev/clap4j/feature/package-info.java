/** Features, rows of numbers with ids, and the files they are kept in. */
package dev.clap4j.feature;
