package dev.clap4j.server;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.io.Names;
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

    /** Refuses new requests, waits for those in progress within the time for it, and stops; the model stays open. */
    @Override
    public void close() {
        server.close();
    }

    /** The settings of a server to start. Not thread-safe. */
    public static final class Builder {
        private Clip clip;
        private Optional<Path> head = Optional.empty();
        private Optional<Float> alpha = Optional.empty();
        private Optional<ClassPrompts> classes = Optional.empty();
        private List<Path> indexes = List.of();
        private Optional<BiFunction<FeatureMatrix, Progress, FeatureMatrix>> map = Optional.empty();
        private String host = "127.0.0.1";
        private int port = 8080;
        private Set<String> publicHosts = Set.of();
        private ApiKeys keys = ApiKeys.none();
        private Set<String> fetchHosts = Set.of();
        private long bodyBytes = Limits.DEFAULTS.bodyBytes();
        private long pixels = Limits.DEFAULTS.pixels();
        private int inputs = Limits.DEFAULTS.inputs();
        private int requests = Limits.DEFAULTS.requests();
        private Duration maxWait = Limits.DEFAULTS.maxWait();
        private Duration requestTime = Limits.DEFAULTS.requestTime();
        private Duration drainTime = Limits.DEFAULTS.drainTime();
        private Consumer<String> log = LOG::info;

        private Builder() {}

        /** Sets the model, which is the caller's to close, after the server. Give its head with {@link #head}. */
        public Builder model(Clip served) {
            clip = served;
            return this;
        }

        /** Sets the file of a head, which is read again whenever it changes. */
        public Builder head(Path file) {
            head = Optional.of(file);
            return this;
        }

        /** Sets the weight of the head's output; that of the head's file by default. */
        public Builder alpha(float weight) {
            alpha = Optional.of(weight);
            return this;
        }

        /** Sets the classes of requests that name none. */
        public Builder classes(List<String> names) {
            return classes(ClassPrompts.of(names));
        }

        /** Sets the classes of requests that name none, with prompts. */
        public Builder classes(ClassPrompts prompts) {
            classes = Optional.of(prompts);
            return this;
        }

        /**
         * Sets the indexes that are searched: none, one, or one made with the head and one without. They are refreshed
         * when they change. With an index that was made with the head, only a head that is the same replaces it.
         */
        public Builder indexes(Path... folders) {
            indexes = List.of(folders);
            return this;
        }

        /** Sets how a map of an index is made; there is none by default. */
        public Builder map(MapLayout layout) {
            map = Optional.of(layout::places);
            return this;
        }

        /** Sets the address on which it listens: loopback by default, {@code 0.0.0.0} for all networks. */
        public Builder host(String address) {
            host = address;
            return this;
        }

        /** Sets the port; 0 for any that is free. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Sets the names by which users reach it through a reverse proxy, such as {@code clap.example.org}; its page works
         * under these, too.
         *
         * @throws ClapException if one of them is no name of a host
         */
        public Builder publicHosts(String... names) {
            for (String name : names) {
                if (!name.matches("[\\w.-]+")) {
                    throw new ClapException(
                            "The name of a host is expected, such as clap.example.org, not " + Names.brief(name));
                }
            }
            publicHosts = Set.of(names);
            return this;
        }

        /**
         * Requires API keys.
         *
         * @param file a key on each line, of at least 16 visible ASCII characters
         * @throws ClapException if it cannot be read as such
         */
        public Builder apiKeys(Path file) {
            keys = ApiKeys.read(file);
            return this;
        }

        /** Allows links to pictures on some hosts, with {@code :port} if it is not the usual one. */
        public Builder allowFetch(String... hosts) {
            fetchHosts = Set.of(hosts);
            return this;
        }

        /** Sets the largest size of a request's body in bytes, below 2 GiB; 16 MiB by default. */
        public Builder maxBodyBytes(long bytes) {
            bodyBytes = bytes;
            return this;
        }

        /** Sets the largest number of pixels of a picture; 50 million by default. */
        public Builder maxPixels(long number) {
            pixels = number;
            return this;
        }

        /** Sets the largest number of texts and pictures of a request; 256 by default. */
        public Builder maxInputs(int number) {
            inputs = number;
            return this;
        }

        /** Sets the largest number of requests in progress; more are sent away at once. 256 by default. */
        public Builder maxRequests(int number) {
            requests = number;
            return this;
        }

        /**
         * Sets the time for which requests in progress may hold up another one; what would wait longer is refused at
         * once. 5 seconds by default.
         */
        public Builder maxWait(Duration time) {
            maxWait = time;
            return this;
        }

        /** Sets the time for a request; 30 seconds by default. */
        public Builder requestTime(Duration time) {
            requestTime = time;
            return this;
        }

        /** Sets the time for requests in progress when the server is closed; 25 seconds by default. */
        public Builder drainTime(Duration time) {
            drainTime = time;
            return this;
        }

        /** Has the lines of the log, each a JSON object, go elsewhere than to SLF4J. */
        public Builder log(Consumer<String> lines) {
            log = lines;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IllegalArgumentException if a limit is below 1, a time is not positive, or a body may have 2 GiB
         * @throws ClapException if the model has a head already, its file is no head for the model, an index was made with
         *     another model, head or alpha, or the server cannot listen on the address
         */
        public ClapServer start() {
            Objects.requireNonNull(clip, "A server needs a model");
            if (clip.head().isPresent()) {
                throw new ClapException("A server takes a model without a head; give it the head's file");
            }
            Limits usual = Limits.DEFAULTS;
            Limits limits = new Limits(
                    bodyBytes,
                    pixels,
                    inputs,
                    usual.prompts(),
                    requests,
                    usual.queuedInputs(),
                    usual.queuedBytes(),
                    usual.queuedPixels(),
                    maxWait,
                    requestTime,
                    drainTime,
                    usual.batchDelay());
            Settings settings = new Settings(
                    host, port, publicHosts, head, alpha, classes, indexes, map, keys, fetchHosts, limits, log);
            return new ClapServer(HttpServer.start(ClipAccess.encoders(clip), settings), host);
        }
    }
}
