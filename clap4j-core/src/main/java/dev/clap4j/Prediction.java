package dev.clap4j;

/**
 * A class predicted for an image.
 *
 * @param className the class
 * @param score the cosine similarity of the image feature and the class feature, -1 to 1
 * @param probability from 0 to 1: the softmax over all classes at the model's logit scale, or, for a model trained with a
 *     sigmoid (SigLIP), the probability of this class by itself
 */
public record Prediction(String className, float score, float probability) {}
