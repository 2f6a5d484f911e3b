/** The drawings: looked up in their library, rendered, and kept as rasters. */
package dev.clap4j.iconworld.icon;
