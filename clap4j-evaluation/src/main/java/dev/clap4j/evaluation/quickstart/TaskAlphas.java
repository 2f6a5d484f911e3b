package dev.clap4j.evaluation.quickstart;

/**
 * The strengths α of a head for what it is used for. Zero-shot with one prompt style for all classes wants a weak head,
 * as the style moves all class features alike already; telling images from a few others wants a strong one.
 *
 * @param zeroShot for C, PC, CP and NC
 * @param mixedTemplates for classes in different words
 * @param fewShot for what compares images with one another
 */
public record TaskAlphas(float zeroShot, float mixedTemplates, float fewShot) {}
