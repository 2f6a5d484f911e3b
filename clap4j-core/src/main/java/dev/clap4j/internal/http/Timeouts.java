package dev.clap4j.internal.http;

import java.time.Duration;

/**
 * The timeouts and pauses of requests.
 *
 * @param connection timeout of connecting
 * @param answer timeout of one complete answer
 * @param request timeout of a request, including all retries
 * @param pause the pause before the first retry, doubled before each further one
 */
public record Timeouts(Duration connection, Duration answer, Duration request, Duration pause) {
    /** The timeouts of requests that are answered within three minutes. */
    public static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofSeconds(1));

    /** Returns these with another timeout of an answer. */
    public Timeouts withAnswer(Duration other) {
        return new Timeouts(connection, other, request, pause);
    }

    /** Returns these with another timeout of a request. */
    public Timeouts withRequest(Duration other) {
        return new Timeouts(connection, answer, other, pause);
    }

    /** Returns these with another first pause. */
    public Timeouts withPause(Duration other) {
        return new Timeouts(connection, answer, request, other);
    }
}
