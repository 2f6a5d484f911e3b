package dev.clap4j.training;

/**
 * The model whose features a head is trained on.
 *
 * @param name as people call it, for instance the name of its folder
 * @param fingerprint identifies its weights
 * @param engine what runs it; another one rounds otherwise
 */
public record Backbone(String name, String fingerprint, String engine) {}
