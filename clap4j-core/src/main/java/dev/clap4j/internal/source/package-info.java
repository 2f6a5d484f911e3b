/** Models that are named rather than given as files. */
package dev.clap4j.internal.source;
