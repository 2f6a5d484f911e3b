/** Adversarial robustness of CLIP and CLAP (CLAP, section 4.2): protocol, metrics, warnings and pictures. */
package dev.clap4j.evaluation.attack;
