package dev.clap4j.prompt.llm;

import java.util.Map;

/** A language model that answers questions. */
public interface Chat {
    /**
     * Returns the answer to a question.
     *
     * @throws dev.clap4j.ClapException if there is none
     */
    String ask(String question);

    /** Returns a description of the model by name, for the record. */
    Map<String, String> describe();
}
