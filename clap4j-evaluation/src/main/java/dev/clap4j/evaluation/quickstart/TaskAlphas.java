package dev.clap4j.evaluation.quickstart;

/**
 * The values of α of a head by task. Zero-shot with one prompt style for all classes needs a small α,
 * since the style shifts all class features alike; comparing images with a few others needs a large one.
 *
 * @param zeroShot for C, PC, CP and NC
 * @param mixedTemplates for classes in different words
 * @param fewShot for what compares images with one another
 */
public record TaskAlphas(float zeroShot, float mixedTemplates, float fewShot) {}
