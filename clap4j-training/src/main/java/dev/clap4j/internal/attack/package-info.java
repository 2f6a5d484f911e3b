/** The computation of adversarial attacks. */
package dev.clap4j.internal.attack;
