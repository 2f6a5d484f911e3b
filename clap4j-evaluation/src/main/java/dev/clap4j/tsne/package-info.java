/** Maps of features in the plane by t-SNE, and figures that say how well a map and its classes hold together. */
package dev.clap4j.tsne;
