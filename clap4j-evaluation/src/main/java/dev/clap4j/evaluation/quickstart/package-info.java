/** The quickstart: CLIP against CLAP heads trained on class names alone, evaluated on unseen domains. */
package dev.clap4j.evaluation.quickstart;
