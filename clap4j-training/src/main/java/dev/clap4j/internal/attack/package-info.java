/** The computation of adversarial attacks on libtorch. */
package dev.clap4j.internal.attack;
