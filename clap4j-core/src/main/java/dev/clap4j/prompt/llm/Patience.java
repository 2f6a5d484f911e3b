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
record Patience(Duration connection, Duration answer, Duration question, Duration pause) {
    static final Patience USUAL =
            new Patience(Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofSeconds(1));

    Patience withAnswer(Duration other) {
        return new Patience(connection, other, question, pause);
    }

    Patience withQuestion(Duration other) {
        return new Patience(connection, answer, other, pause);
    }

    Patience withPause(Duration other) {
        return new Patience(connection, answer, question, other);
    }
}
