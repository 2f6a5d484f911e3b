package dev.clap4j.internal.server.http;

import dev.clap4j.internal.server.encode.Encoders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Counts and times of a server, in Prometheus' format. Thread-safe. */
public final class Metrics implements Encoders.Observer, AutoCloseable {
    private static final double[] BATCHES = {1, 2, 4, 8, 16, 32, 64};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer decoding = Timer.builder("clap.decode")
            .description("Time to decode and resize a picture")
            .register(registry);

    private final Counter cancelled = Counter.builder("clap.cancelled")
            .description("Requests whose client went away before the answer")
            .register(registry);

    /** Begins to count; what may be counted is shown from the start. */
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
        List.of(true, false).forEach(this::headLoads);
        List.of("image", "text").forEach(kind -> {
            batches(kind);
            encoding(kind);
        });
    }

    /** Shows a number as it is when somebody asks. */
    public void gauge(String name, String description, Supplier<Number> value) {
        io.micrometer.core.instrument.Gauge.builder(name, value)
                .description(description)
                .register(registry);
    }

    /** Shows a kind of request before there is one, so that the first of each is seen to be one more. */
    void expect(String route) {
        List.of(200, 429, 500).forEach(status -> requests(route, status));
    }

    private Timer requests(String route, int status) {
        return Timer.builder("clap.http.requests")
                .description("Time from the first byte of a request to the end of its answer")
                .tag("route", route)
                .tag("status", String.valueOf(status))
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    /** Counts a request. */
    void request(String route, int status, long nanos) {
        requests(route, status).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Counts a client that went away before its answer. */
    void cancelled() {
        cancelled.increment();
    }

    private Counter headLoads(boolean good) {
        return Counter.builder("clap.head.reloads")
                .description("Changes of the head's file, by whether it could be used")
                .tag("outcome", good ? "used" : "refused")
                .register(registry);
    }

    /** Counts a change of the head's file. */
    public void headLoaded(boolean good) {
        headLoads(good).increment();
    }

    private DistributionSummary batches(String kind) {
        return DistributionSummary.builder("clap.batch.inputs")
                .description("Inputs of a batch")
                .tag("kind", kind)
                .serviceLevelObjectives(BATCHES)
                .register(registry);
    }

    private Timer encoding(String kind) {
        return Timer.builder("clap.encode")
                .description("Time to encode a batch")
                .tag("kind", kind)
                .register(registry);
    }

    @Override
    public void encoded(String kind, int inputs, long nanos) {
        batches(kind).record(inputs);
        encoding(kind).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void decoded(long nanos) {
        decoding.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Returns all numbers. */
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
