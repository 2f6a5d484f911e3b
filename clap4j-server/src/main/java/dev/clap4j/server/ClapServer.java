package dev.clap4j.server;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.server.HttpServer;
import dev.clap4j.internal.server.Limits;
import dev.clap4j.internal.server.Settings;
import dev.clap4j.internal.server.http.ApiKeys;
import dev.clap4j.prompt.ClassPrompts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running HTTP server for a model.
 *
 * <pre>{@code
 * try (Clip clip = Clip.mini();
 *         ClapServer server = ClapServer.builder().model(clip).port(8080).start()) {
 *     System.out.println(server.address());
 * }
 * }</pre>
 *
 * <p>It has a page for people at {@code /}, and answers {@code POST /v1/embeddings}, {@code /v1/classify} and {@code /v1/similarity}, and {@code GET /v1/models},
 * {@code /healthz}, {@code /readyz}, {@code /metrics}, {@code /openapi.yaml} and {@code /docs}. Thread-safe.
 */
public final class ClapServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClapServer.class);

    private final HttpServer server;
    private final String host;

    private ClapServer(HttpServer server, String host) {
        this.server = server;
        this.host = host;
    }

    /** Returns a builder with the defaults: loopback, port 8080, no head, no classes, no keys. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.port();
    }

    /** Returns its address, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Refuses new requests, waits for those at work within the time for it, and stops; the model stays open. */
    @Override
    public void close() {
        server.close();
    }

    /** The settings of a server to start. Not thread-safe. */
    public static final class Builder {
        private Clip clip;
        private Settings settings = Settings.defaults(LOG::info);

        private Builder() {}

        /** Sets the model, which is the caller's to close, after the server. Give its head with {@link #head}. */
        public Builder model(Clip served) {
            clip = served;
            return this;
        }

        /** Sets the file of a head, which is read again whenever it changes. */
        public Builder head(Path file) {
            return with(settings.classes(), Optional.of(file), settings.alpha());
        }

        /** Sets the weight of the head's output; that of the head's file by default. */
        public Builder alpha(float weight) {
            return with(settings.classes(), settings.head(), Optional.of(weight));
        }

        /** Sets the classes of requests that name none. */
        public Builder classes(List<String> names) {
            return classes(ClassPrompts.of(names));
        }

        /** Sets the classes of requests that name none, with prompts. */
        public Builder classes(ClassPrompts prompts) {
            return with(Optional.of(prompts), settings.head(), settings.alpha());
        }

        private Builder with(Optional<ClassPrompts> classes, Optional<Path> head, Optional<Float> alpha) {
            settings = new Settings(
                    settings.host(),
                    settings.port(),
                    head,
                    alpha,
                    classes,
                    settings.indexes(),
                    settings.map(),
                    settings.keys(),
                    settings.fetchHosts(),
                    settings.limits(),
                    settings.log());
            return this;
        }

        /**
         * Sets the indexes that are searched: none, one, or one made with the head and one without. They are refreshed
         * when they change.
         */
        public Builder indexes(Path... folders) {
            return with(List.of(folders), settings.map());
        }

        /** Sets how a map of an index is made; there is none by default. */
        public Builder map(MapLayout layout) {
            return with(settings.indexes(), Optional.of(layout::places));
        }

        private Builder with(List<Path> indexes, Optional<BiFunction<FeatureMatrix, Progress, FeatureMatrix>> map) {
            settings = new Settings(
                    settings.host(),
                    settings.port(),
                    settings.head(),
                    settings.alpha(),
                    settings.classes(),
                    indexes,
                    map,
                    settings.keys(),
                    settings.fetchHosts(),
                    settings.limits(),
                    settings.log());
            return this;
        }

        /** Sets the address on which it listens: loopback by default, {@code 0.0.0.0} for all networks. */
        public Builder host(String address) {
            return with(address, settings.port(), settings.keys(), settings.fetchHosts());
        }

        /** Sets the port; 0 for any that is free. */
        public Builder port(int number) {
            return with(settings.host(), number, settings.keys(), settings.fetchHosts());
        }

        /**
         * Requires API keys.
         *
         * @param file a key on each line, of at least 16 visible ASCII characters
         * @throws ClapException if it cannot be read as such
         */
        public Builder apiKeys(Path file) {
            return with(settings.host(), settings.port(), ApiKeys.read(file), settings.fetchHosts());
        }

        /** Allows links to pictures on some hosts, with {@code :port} if it is not the usual one. */
        public Builder allowFetch(String... hosts) {
            return with(settings.host(), settings.port(), settings.keys(), Set.of(hosts));
        }

        private Builder with(String host, int port, ApiKeys keys, Set<String> fetchHosts) {
            settings = new Settings(
                    host,
                    port,
                    settings.head(),
                    settings.alpha(),
                    settings.classes(),
                    settings.indexes(),
                    settings.map(),
                    keys,
                    fetchHosts,
                    settings.limits(),
                    settings.log());
            return this;
        }

        /** Sets the largest size of a request's body in bytes; 16 MiB by default. */
        public Builder maxBodyBytes(long bytes) {
            Limits old = settings.limits();
            return with(bytes, old.pixels(), old.inputs(), old.requests(), old.requestTime(), old.drainTime());
        }

        /** Sets the largest number of pixels of a picture; 50 million by default. */
        public Builder maxPixels(long pixels) {
            Limits old = settings.limits();
            return with(old.bodyBytes(), pixels, old.inputs(), old.requests(), old.requestTime(), old.drainTime());
        }

        /** Sets the largest number of texts and pictures of a request; 256 by default. */
        public Builder maxInputs(int inputs) {
            Limits old = settings.limits();
            return with(old.bodyBytes(), old.pixels(), inputs, old.requests(), old.requestTime(), old.drainTime());
        }

        /** Sets the largest number of requests at work; more are sent away at once. 256 by default. */
        public Builder maxRequests(int requests) {
            Limits old = settings.limits();
            return with(old.bodyBytes(), old.pixels(), old.inputs(), requests, old.requestTime(), old.drainTime());
        }

        /** Sets the time for a request; 30 seconds by default. */
        public Builder requestTime(Duration time) {
            Limits old = settings.limits();
            return with(old.bodyBytes(), old.pixels(), old.inputs(), old.requests(), time, old.drainTime());
        }

        /** Sets the time for requests at work when the server is closed; 25 seconds by default. */
        public Builder drainTime(Duration time) {
            Limits old = settings.limits();
            return with(old.bodyBytes(), old.pixels(), old.inputs(), old.requests(), old.requestTime(), time);
        }

        private Builder with(
                long body, long pixels, int inputs, int requests, Duration requestTime, Duration drainTime) {
            Limits old = settings.limits();
            Limits limits = new Limits(
                    body,
                    pixels,
                    inputs,
                    old.prompts(),
                    requests,
                    old.queuedInputs(),
                    old.queuedBytes(),
                    old.queuedPixels(),
                    requestTime,
                    drainTime,
                    old.batchDelay());
            return with(limits, settings.log());
        }

        /** Has the lines of the log, each a JSON object, go elsewhere than to SLF4J. */
        public Builder log(Consumer<String> lines) {
            return with(settings.limits(), lines);
        }

        private Builder with(Limits limits, Consumer<String> log) {
            settings = new Settings(
                    settings.host(),
                    settings.port(),
                    settings.head(),
                    settings.alpha(),
                    settings.classes(),
                    settings.indexes(),
                    settings.map(),
                    settings.keys(),
                    settings.fetchHosts(),
                    limits,
                    log);
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws ClapException if the model has a head already, its file is no head for the model, or the server cannot
         *     listen on the address
         */
        public ClapServer start() {
            Objects.requireNonNull(clip, "A server needs a model");
            if (clip.head().isPresent()) {
                throw new ClapException("A server takes a model without a head; give it the head's file");
            }
            return new ClapServer(HttpServer.start(ClipAccess.encoders(clip), settings), settings.host());
        }
    }
}
