package dev.clap4j.attack;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.TensorData;

/**
 * What an attack made of a batch.
 *
 * @param images the adversarial images F32 {@code [b, 3, size, size]}, as the threat model sees them
 * @param features their features {@code [b, D]}, not normalised
 * @param trace what happened on the way
 */
public record Attacked(TensorData images, FeatureMatrix features, AttackTrace trace) {}
