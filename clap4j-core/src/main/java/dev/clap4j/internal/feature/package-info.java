/** Features in several files. */
package dev.clap4j.internal.feature;
