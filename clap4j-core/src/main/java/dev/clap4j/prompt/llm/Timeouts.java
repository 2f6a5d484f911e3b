package dev.clap4j.prompt.llm;

import java.time.Duration;

/**
 * The timeouts and pauses of requests.
 *
 * @param connection timeout of connecting
 * @param answer timeout of one complete answer
 * @param question timeout of a question, including all retries
 * @param pause the pause before the first retry, doubled before each further one
 */
record Timeouts(Duration connection, Duration answer, Duration question, Duration pause) {
    static final Timeouts DEFAULTS =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofSeconds(1));

    Timeouts withAnswer(Duration other) {
        return new Timeouts(connection, other, question, pause);
    }

    Timeouts withQuestion(Duration other) {
        return new Timeouts(connection, answer, other, pause);
    }

    Timeouts withPause(Duration other) {
        return new Timeouts(connection, answer, question, other);
    }
}
