package dev.clap4j.prompt.llm;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connection until it takes the connection
 * @param answer until an answer is there to its last byte
 * @param question until there is an answer, however often it takes to ask
 * @param pause before a question is asked a second time; twice that before the third, and so on
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
