package dev.clap4j.internal.attack;

import dev.clap4j.internal.io.TensorData;

/**
 * The result of an attack on a batch.
 *
 * @param images the adversarial images F32 {@code [b, 3, size, size]}, in the form of the threat model
 * @param trace the course of the attack
 */
public record Attacked(TensorData images, AttackTrace trace) {}
