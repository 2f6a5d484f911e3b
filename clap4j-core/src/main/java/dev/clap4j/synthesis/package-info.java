/** Picture synthesis from prompts, and folders of pictures to train on. */
package dev.clap4j.synthesis;
