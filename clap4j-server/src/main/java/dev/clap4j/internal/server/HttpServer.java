package dev.clap4j.internal.server;

import dev.clap4j.ClapException;
import dev.clap4j.internal.classify.ClassFeatures;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.fetch.PictureFetcher;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.http.Metrics;
import dev.clap4j.internal.server.http.Origins;
import dev.clap4j.internal.server.http.Pipeline;
import dev.clap4j.internal.server.http.PlainErrors;
import dev.clap4j.internal.server.http.WatchedConnector;
import dev.clap4j.internal.server.index.PictureMap;
import dev.clap4j.internal.server.index.ServedIndexes;
import dev.clap4j.internal.server.model.HeadSlot;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.tokenizer.Overflow;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A running server: the model, the threads that encode, Jetty with Javalin's routes, the watch on the head's file. */
public final class HttpServer implements AutoCloseable {
    private static final int HEADERS = 16 << 10;
    private static final int IDLE_SECONDS = 30;

    /**
     * Threads for answers that need no model, and for sending requests away: few, so that under a flood of requests enough of
     * the processors is left to encode.
     */
    private static final int OTHER_THREADS = 16;

    /** Connections that wait to be accepted; the system resets what comes beyond. */
    private static final int ACCEPTED = 1024;

    private final Metrics metrics = new Metrics();
    private final JsonLog log;
    private final Encoders encoders;
    private final HeadSlot head;
    private final PictureFetcher fetcher;
    private final ServedIndexes indexes;
    private final PictureMap map;
    private final Pipeline pipeline;
    private final ScheduledExecutorService watch;
    private final Javalin javalin;
    private boolean closed;

    private HttpServer(ClipModel model, ServedIndexes indexes, Settings settings) {
        Limits limits = settings.limits();
        log = new JsonLog(settings.log());
        this.indexes = indexes;
        head = readHead(model, settings);
        encoders = new Encoders(model, DecodeOptions.defaults().withMaxPixels(limits.pixels()), limits, metrics);
        fetcher = new PictureFetcher(settings.fetchHosts(), limits.bodyBytes());
        map = new PictureMap(indexes, settings.map(), log);
        pipeline = new Pipeline(
                limits, settings.keys(), Origins.of(settings.host(), settings.publicHosts()), log, metrics);
        ServedModel served = new ServedModel(model, encoders, head, limits);
        metrics.gauge("clap.inputs.admitted", "Inputs that are admitted and not finished", served::admitted);
        metrics.gauge("clap.batch.waiting", "Decoded inputs that wait for a batch", encoders::waiting);
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clap4j-head-watch");
            thread.setDaemon(true);
            return thread;
        });
        Routes routes = Routes.of(
                served, encoders, fetcher, new Routes.Indexed(indexes, map), pipeline, metrics, log, settings);
        javalin = Javalin.create(config -> configure(config, settings, routes));
    }

    private HeadSlot readHead(ClipModel model, Settings settings) {
        try {
            return new HeadSlot(
                    model,
                    settings.head().orElse(null),
                    settings.alpha(),
                    served -> indexes.requireMadeWith(model, served),
                    log,
                    metrics);
        } catch (RuntimeException e) {
            indexes.close();
            metrics.close();
            throw e;
        }
    }

    /**
     * Starts a server.
     *
     * @param model the caller's to close, after the server
     * @throws ClapException if the head does not fit the model, a prompt of the classes is too long, an index was made with another model, head or alpha, or it
     *     cannot listen on the address
     */
    public static HttpServer start(ClipModel model, Settings settings) {
        settings.classes().ifPresent(classes -> ClassFeatures.texts(classes)
                .forEach(text -> model.texts().tokenizer().encode(text, Overflow.ERROR)));
        HttpServer server = new HttpServer(model, ServedIndexes.open(settings.indexes()), settings);
        try {
            server.javalin.start();
        } catch (JavalinBindException e) {
            server.stop();
            throw new ClapException(
                    "Cannot listen on " + settings.host() + ", port " + settings.port() + ": " + reason(e), e);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        var unused = server.watch.scheduleWithFixedDelay(server::refresh, 1, 1, TimeUnit.SECONDS);
        server.log.event("info", "listening", "http://" + settings.host() + ":" + server.port());
        if (!settings.keys().areRequired() && !settings.host().equals("127.0.0.1")) {
            server.log.event("warn", "no_keys", "Everybody who reaches this server may use it; give it API keys");
        }
        return server;
    }

    /** Returns why a server cannot listen; Java and its libraries have the system's words, or none. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
            return "there is no such host";
        }
        if (said.contains("Permission denied")) {
            return "the system does not permit it to this user; choose a port above 1023";
        }
        if (said.contains("assign requested address")) {
            return "the address is not of this machine";
        }
        return said.contains("in use") ? "another program uses the port; choose another one" : said;
    }

    private void refresh() {
        try {
            head.refresh();
            if (indexes.refresh(log)) {
                map.outdate();
            }
        } catch (RuntimeException | Error e) {
            // The watch would end without a word.
            log.event("error", "watch", e.toString());
        }
    }

    private static void configure(JavalinConfig config, Settings settings, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.threadPool = threads(settings.limits());
        config.jetty.modifyHttpConfiguration(http -> configure(http, settings.limits()));
        config.jetty.addConnector((server, http) -> {
            WatchedConnector connector = new WatchedConnector(server, http);
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            connector.setAcceptQueueSize(ACCEPTED);
            return connector;
        });
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new PlainErrors());
            // Requests in progress are waited for by the pipeline, before this.
            server.setStopTimeout(0);
        });
        routes.addTo(config.routes);
    }

    private static QueuedThreadPool threads(Limits limits) {
        QueuedThreadPool threads = new QueuedThreadPool(limits.requests() + OTHER_THREADS);
        threads.setName("clap4j-http");
        threads.setDaemon(true);
        return threads;
    }

    private static void configure(HttpConfiguration http, Limits limits) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(HEADERS);
        http.setIdleTimeout(Math.min(
                TimeUnit.SECONDS.toMillis(IDLE_SECONDS), limits.requestTime().toMillis()));
    }

    /** Returns the port on which it listens. */
    public int port() {
        return javalin.port();
    }

    /** Reads the head's file again if it changed; this happens every second anyway. */
    public void refreshHead() {
        head.refresh();
    }

    /** Refuses new requests, waits for those in progress within a time limit, and stops. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        boolean drained = stop();
        log.event(
                "info", "closed", drained ? "All requests were answered" : "Some requests took too long and were cut");
    }

    /** Stops; returns whether all requests were answered. */
    private boolean stop() {
        closed = true;
        boolean drained = pipeline.drain();
        watch.shutdownNow();
        map.close();
        encoders.close();
        javalin.stop();
        fetcher.close();
        head.close();
        indexes.close();
        metrics.close();
        return drained;
    }
}
