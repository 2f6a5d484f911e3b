/** Features (rows of numbers with ids), similarity search, and the files features are stored in. */
package dev.clap4j.feature;
