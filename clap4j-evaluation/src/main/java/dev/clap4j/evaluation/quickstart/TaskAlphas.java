package dev.clap4j.evaluation.quickstart;

/**
 * The values of alpha of a head by task. Zero-shot classification with one prompt style for all classes needs a small
 * alpha, since the style shifts all class features alike; comparing images with a few others needs a large one.
 *
 * @param zeroShot for C, PC, CP and NC
 * @param mixedTemplates for classes with different templates
 * @param fewShot for comparing images with one another
 */
public record TaskAlphas(float zeroShot, float mixedTemplates, float fewShot) {}
