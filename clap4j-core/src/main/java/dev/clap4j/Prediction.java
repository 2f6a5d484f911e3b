package dev.clap4j;

/**
 * A class that an image may show.
 *
 * @param className the class
 * @param score the cosine of the image's and the class's features, -1 to 1
 * @param probability the softmax over all classes at the model's logit scale, 0 to 1
 */
public record Prediction(String className, float score, float probability) {}
