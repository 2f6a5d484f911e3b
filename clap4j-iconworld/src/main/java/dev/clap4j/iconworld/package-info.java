/** Icon world: emoji by eleven teams as a captioned data set with several domains. */
package dev.clap4j.iconworld;
