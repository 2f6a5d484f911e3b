/** The drawings: found in their library, rendered, and kept as rasters. */
package dev.clap4j.iconworld.icon;
