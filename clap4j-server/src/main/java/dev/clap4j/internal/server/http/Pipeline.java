package dev.clap4j.internal.server.http;

import dev.clap4j.internal.server.Limits;
import dev.clap4j.internal.server.encode.Admission;
import dev.clap4j.internal.server.encode.Call;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The way of every request: its name, its admission, its work, its answer, its line in the log. Thread-safe. */
public final class Pipeline {
    /** The status in the log of a request whose client went away. */
    private static final int GONE = 499;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final double NANOS_PER_MICRO = 1000;
    private static final double MICROS_PER_MILLI = 1000;

    private final Limits limits;
    private final ApiKeys keys;
    private final Origins origins;
    private final Admission requests;
    private final Admission memory;
    private final JsonLog log;
    private final Metrics metrics;
    private final AtomicInteger working = new AtomicInteger();
    private volatile boolean closing;

    /** The work of a request. */
    @FunctionalInterface
    public interface Work {
        /**
         * Answers a request.
         *
         * @throws ApiException for any answer but success
         */
        Reply answer(Exchange exchange);
    }

    /**
     * A kind of request.
     *
     * @param name the path, for logs and metrics; never that of a request
     * @param open whether no key is needed
     * @param heavy whether it takes a body and the model, and is therefore subject to admission
     */
    public record Route(String name, boolean open, boolean heavy, Work work) {}

    /**
     * Creates the pipeline of a server.
     *
     * @param origins the names by which it is known
     */
    public Pipeline(Limits limits, ApiKeys keys, Origins origins, JsonLog log, Metrics metrics) {
        this.limits = limits;
        this.keys = keys;
        this.origins = origins;
        this.requests = new Admission(limits.requests());
        this.memory = new Admission(limits.queuedBytes());
        this.log = log;
        this.metrics = metrics;
        metrics.gauge("clap.requests.active", "Requests in progress", requests::taken);
        metrics.gauge("clap.memory.bodies.bytes", "Memory reserved for bodies", memory::taken);
    }

    /** Announces a kind of request. */
    public void expect(Route route) {
        metrics.expect(route.name);
    }

    /** Answers a request. */
    public void serve(Route route, HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        String id = Optional.ofNullable(request.getHeader("X-Request-Id"))
                .filter(given -> ID.matcher(given).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        Exchange exchange = new Exchange(request, id, Call.lasting(limits.requestTime()));
        working.incrementAndGet();
        int status = GONE;
        int size = 0;
        try {
            Reply reply = answer(route, request, exchange);
            send(request, response, exchange, reply);
            status = reply.status();
            size = reply.body().length;
        } catch (ClientGoneException | IOException e) {
            exchange.call().cancel();
            metrics.cancelled();
            // Who still reads has not sent all of the body; the connection ends.
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.setHeader("Connection", "close");
        } finally {
            working.decrementAndGet();
            long nanos = System.nanoTime() - start;
            metrics.request(route.name, status, nanos);
            log(route, request, exchange, status, size, nanos);
        }
    }

    private Reply answer(Route route, HttpServletRequest request, Exchange exchange) {
        try {
            return guarded(route, request, exchange);
        } catch (ApiException e) {
            exchange.call().cancel();
            return e.reply();
        } catch (ClientGoneException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            exchange.call().cancel();
            log.defect(exchange.id(), e);
            return ApiException.full().reply();
        } catch (RuntimeException | Error e) {
            exchange.call().cancel();
            log.defect(exchange.id(), e);
            return ApiException.internal(exchange.id()).reply();
        }
    }

    private Reply guarded(Route route, HttpServletRequest request, Exchange exchange) {
        origins.check(request.getHeader("Host"), request.getHeader("Origin"), request.getLocalPort());
        if (!route.open && !keys.accept(request.getHeader("Authorization"))) {
            throw refused(request, exchange, ApiException.noKey());
        }
        if (!route.heavy) {
            return route.work.answer(exchange);
        }
        if (closing) {
            throw refused(request, exchange, ApiException.closing());
        }
        if (!requests.tryTake(1)) {
            throw refused(request, exchange, ApiException.busy());
        }
        try (Body body = new Body(limits, memory)) {
            exchange.call().limitFetching(body::addFetched);
            body.read(request, exchange);
            exchange.received(body.bytes());
            return route.work.answer(exchange);
        } finally {
            requests.giveBack(1);
        }
    }

    private static ApiException refused(HttpServletRequest request, Exchange exchange, ApiException error) {
        Body.discard(request, exchange);
        return error;
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Exchange exchange, Reply reply)
            throws IOException {
        response.setStatus(reply.status());
        response.setContentType(reply.type());
        Headers.ALL.forEach(response::setHeader);
        reply.headers().forEach(response::setHeader);
        response.setHeader("X-Request-Id", exchange.id());
        // After CONNECT, a client sends what is meant for somebody else.
        if (closing || request.getMethod().equals("CONNECT")) {
            response.setHeader("Connection", "close");
        }
        response.setContentLength(reply.body().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(reply.body());
        }
        response.getOutputStream().close();
    }

    private void log(Route route, HttpServletRequest request, Exchange exchange, int status, int size, long nanos) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("request_id", exchange.id());
        fields.put("method", request.getMethod().matches("[A-Z]{1,10}") ? request.getMethod() : "other");
        fields.put("route", route.name);
        fields.put("status", status);
        fields.put("ms", Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI);
        fields.put("bytes_in", exchange.body().length);
        fields.put("bytes_out", size);
        fields.put("inputs", exchange.inputs());
        log.write(status < 500 ? "info" : "error", "request", fields);
    }

    /** Refuses requests from now on, and waits for those in progress; returns whether all were answered in time. */
    public boolean drain() {
        closing = true;
        long end = System.nanoTime() + limits.drainTime().toNanos();
        while (working.get() > 0 && System.nanoTime() < end) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return working.get() == 0;
    }

    /** Returns whether the server is closing. */
    public boolean isClosing() {
        return closing;
    }
}
