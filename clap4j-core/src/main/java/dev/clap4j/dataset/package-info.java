/** Labelled images by domain and class, their features, and a cache of those. */
package dev.clap4j.dataset;
