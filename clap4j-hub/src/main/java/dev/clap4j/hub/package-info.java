/** Models by name, downloaded from the Hugging Face hub. */
package dev.clap4j.hub;
