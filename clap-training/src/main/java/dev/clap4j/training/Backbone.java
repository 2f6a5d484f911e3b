package dev.clap4j.training;

/**
 * The model whose features a head is trained on.
 *
 * @param name as people call it, for instance the name of its folder
 * @param fingerprint identifies its weights
 */
public record Backbone(String name, String fingerprint) {}
