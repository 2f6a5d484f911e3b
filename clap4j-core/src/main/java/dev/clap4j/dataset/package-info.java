/** Labelled images by domain and class, their features, and a cache of features. */
package dev.clap4j.dataset;
