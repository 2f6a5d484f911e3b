package dev.clap4j.internal.server.api;

import dev.clap4j.ClapException;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.prompt.ClassPrompts;
import java.util.List;
import java.util.Optional;

/**
 * The prompts of requests.
 *
 * @param usual the classes of requests that name none
 * @param most the largest number of prompts
 */
record RequestPrompts(Optional<ClassPrompts> usual, int most) {
    /** Prompts are made before they are cut into tokens, and a template may name the class many times. */
    private static final int MOST_CHARACTERS = 2_000;

    private static final String PLACE = "{class}";

    /**
     * Returns the prompts of a request.
     *
     * @param times how often each prompt goes through a head
     */
    ClassPrompts of(Optional<List<String>> names, Optional<List<String>> templates, int times) {
        try {
            if (names.isEmpty() && templates.isEmpty() && usual.isPresent()) {
                return usual.get();
            }
            List<String> classes = names.or(() -> usual.map(ClassPrompts::classes))
                    .orElseThrow(() -> ApiException.bad("classes", "Class names are expected; this server has none"));
            requireFew((long) classes.size() * templates.map(List::size).orElse(1) * times);
            requireShort(classes, templates.orElse(List.of(PLACE)));
            ClassPrompts prompts = ClassPrompts.of(classes);
            return templates
                    .map(given -> prompts.withTemplates(given.toArray(String[]::new)))
                    .orElse(prompts);
        } catch (ClapException e) {
            throw ApiException.bad(templates.isEmpty() ? "classes" : "templates", e.getMessage());
        }
    }

    private void requireFew(long prompts) {
        if (prompts > most) {
            throw ApiException.bad("classes", "Classes times templates may be " + most + " at most, not " + prompts);
        }
    }

    private static void requireShort(List<String> classes, List<String> templates) {
        long name = classes.stream().mapToInt(String::length).max().orElse(0);
        for (int i = 0; i < templates.size(); i++) {
            int places = (templates.get(i).length()
                            - templates.get(i).replace(PLACE, "").length())
                    / PLACE.length();
            if (templates.get(i).length() + places * name > MOST_CHARACTERS) {
                throw ApiException.bad(
                        name > MOST_CHARACTERS - PLACE.length() ? "classes" : "templates[" + i + "]",
                        "A prompt may have " + MOST_CHARACTERS + " characters at most");
            }
        }
    }
}
