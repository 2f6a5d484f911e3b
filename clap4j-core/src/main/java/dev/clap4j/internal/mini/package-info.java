/** The CLIP model that comes with the program. */
package dev.clap4j.internal.mini;
