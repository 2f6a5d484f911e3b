/** What a picture shows, how it is drawn from a seed, and how it is put into words. */
package dev.clap4j.iconworld.scene;
