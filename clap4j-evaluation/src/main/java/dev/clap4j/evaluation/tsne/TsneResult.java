package dev.clap4j.evaluation.tsne;

/**
 * A map of one domain's images as one method sees them, in figures.
 *
 * @param method its name
 * @param alpha the value of α; null without a head
 * @param divergence KL(P‖Q) of the map, in nats
 * @param trustworthiness of the map's five nearest neighbours, 0 to 1
 * @param features how the classes stand apart in the L2-normalised features
 * @param map how they stand apart on the map
 */
public record TsneResult(
        String method,
        Float alpha,
        double divergence,
        double trustworthiness,
        ClusterQuality features,
        ClusterQuality map) {}
