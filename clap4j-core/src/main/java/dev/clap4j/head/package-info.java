/** Trained heads (disentangled networks), with everything needed to use them. */
package dev.clap4j.head;
