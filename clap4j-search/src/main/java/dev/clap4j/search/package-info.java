/** An index of pictures on disk, and search in it: by text, by picture, by content across styles, and for duplicates. */
package dev.clap4j.search;
