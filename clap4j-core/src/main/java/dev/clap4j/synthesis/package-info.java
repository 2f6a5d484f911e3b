/** Pictures from prompts: what makes them, and folders of them to train on. */
package dev.clap4j.synthesis;
