/** Icon world as a maker of pictures from prompts. */
package dev.clap4j.iconworld.synthesis;
