/** The small bundled CLIP model. */
package dev.clap4j.internal.mini;
