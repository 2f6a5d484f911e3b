package dev.clap4j.prompt.llm;

import java.util.Map;

/** A language model, as whoever asks it sees it. */
public interface Chat {
    /**
     * Its answer to a question.
     *
     * @throws dev.clap4j.ClapException if there is none
     */
    String ask(String question);

    /** Which model it is, by name, for the record. */
    Map<String, String> describe();
}
