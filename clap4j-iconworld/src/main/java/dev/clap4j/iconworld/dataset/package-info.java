/** Icon world as an ordinary data set: folders of pictures. */
package dev.clap4j.iconworld.dataset;
