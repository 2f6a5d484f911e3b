/** Picture synthesis from prompts with icon world. */
package dev.clap4j.iconworld.synthesis;
