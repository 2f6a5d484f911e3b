/** An index of pictures on disk, and search in it by text and by picture. */
package dev.clap4j.search;
