package dev.clap4j.internal.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The pause that a server asks for before the next request: seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** Longer than anybody waits, and few enough digits to be read. */
    private static final String LONG = "999999999";

    private RetryAfter() {}

    /**
     * Returns the pause from now on, above 0; empty if the server asks for none, not intelligibly, or until a time that
     * has passed by this machine's clock.
     */
    public static Optional<Duration> of(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .flatMap(RetryAfter::pause)
                .filter(pause -> !pause.isZero());
    }

    private static Optional<Duration> pause(String until) {
        if (until.matches("\\d+")) {
            String seconds = until.length() > LONG.length() ? LONG : until;
            return Optional.of(Duration.ofSeconds(Long.parseLong(seconds)));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(until, Instant::from);
            Duration left = Duration.between(Instant.now(), date);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
