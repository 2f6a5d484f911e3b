package dev.clap4j;

/**
 * A class predicted for an image.
 *
 * @param className the class
 * @param score the cosine similarity of the image feature and the class feature, -1 to 1
 * @param probability the softmax over all classes at the model's logit scale, 0 to 1
 */
public record Prediction(String className, float score, float probability) {}
