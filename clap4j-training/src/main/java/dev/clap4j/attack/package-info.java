/**
 * Adversarial attacks on CLIP's image encoder, with or without a head: small changes of pixels that change the
 * predicted class.
 */
package dev.clap4j.attack;
