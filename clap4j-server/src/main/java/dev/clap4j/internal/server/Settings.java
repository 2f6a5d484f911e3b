package dev.clap4j.internal.server;

import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.server.http.ApiKeys;
import dev.clap4j.prompt.ClassPrompts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The settings of a server.
 *
 * @param host the address on which it listens
 * @param port 0 for any that is free
 * @param publicHosts the names by which others know it
 * @param head the file of a head
 * @param alpha the weight of the head's output; empty for the head's own
 * @param classes the classes of requests that name none
 * @param indexes the folders of indexes
 * @param map makes the map of an index; empty for no map
 * @param keys the keys that it accepts
 * @param fetchHosts the hosts from which it fetches pictures
 * @param log receives each line of the log
 */
public record Settings(
        String host,
        int port,
        Set<String> publicHosts,
        Optional<Path> head,
        Optional<Float> alpha,
        Optional<ClassPrompts> classes,
        List<Path> indexes,
        Optional<BiFunction<FeatureMatrix, Progress, FeatureMatrix>> map,
        ApiKeys keys,
        Set<String> fetchHosts,
        Limits limits,
        Consumer<String> log) {}
