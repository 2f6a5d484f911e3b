/** The content of pictures: scenes, how they are drawn at random, and their captions. */
package dev.clap4j.iconworld.scene;
