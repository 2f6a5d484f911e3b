package dev.clap4j.prompt;

import dev.clap4j.ClapException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes in order, with the prompts that describe each of them.
 *
 * @param prompts one or more prompts per class; at least one class
 */
public record ClassPrompts(Map<String, List<String>> prompts) {
    private static final PromptTemplate DEFAULT = new PromptTemplate(PromptStyle.PC.text("{class}"));

    /**
     * Copies the prompts, keeping their order.
     *
     * @throws ClapException if there is no class, a class has an empty name or no prompts, or a prompt is empty
     */
    public ClassPrompts {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        prompts.forEach((name, texts) -> copy.put(name, List.copyOf(texts)));
        prompts = Collections.unmodifiableMap(copy);
        if (prompts.isEmpty()) {
            throw new ClapException("There should be at least one class");
        }
        prompts.forEach(ClassPrompts::check);
    }

    private static void check(String name, List<String> texts) {
        if (name.isBlank()) {
            throw new ClapException("A class has an empty name");
        }
        if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw new ClapException("The class \"" + name + "\" should have prompts, none of them empty");
        }
    }

    /**
     * Creates the prompt {@code a photo of a <class>} for each class.
     *
     * @throws ClapException if there is no class, or one is empty or given twice
     */
    public static ClassPrompts of(String... classes) {
        return of(List.of(classes));
    }

    /**
     * Creates the prompt {@code a photo of a <class>} for each class.
     *
     * @throws ClapException if there is no class, or one is empty or given twice
     */
    public static ClassPrompts of(List<String> classes) {
        return of(classes, List.of(DEFAULT));
    }

    /**
     * Creates classes with prompts of their own.
     *
     * @param prompts prompts by class, in the map's order
     * @throws ClapException if there is no class, a class has an empty name or no prompts, or a prompt is empty
     */
    public static ClassPrompts of(Map<String, List<String>> prompts) {
        return new ClassPrompts(prompts);
    }

    private static ClassPrompts of(List<String> classes, List<PromptTemplate> templates) {
        Map<String, List<String>> prompts = new LinkedHashMap<>();
        for (String name : classes) {
            List<String> texts =
                    templates.stream().map(template -> template.text(name)).toList();
            if (prompts.put(name, texts) != null) {
                throw new ClapException("The class \"" + name + "\" is given twice");
            }
        }
        return new ClassPrompts(prompts);
    }

    /**
     * Returns the same classes with prompts from templates, whose features are averaged.
     *
     * @param templates texts with {@code {class}} in place of the class name, as in {@code "a sketch of a {class}"}
     * @throws ClapException if there is no template, or one lacks the placeholder
     */
    public ClassPrompts withTemplates(String... templates) {
        if (templates.length == 0) {
            throw new ClapException("There should be at least one template");
        }
        return of(
                classes(), List.of(templates).stream().map(PromptTemplate::new).toList());
    }

    /** Returns the class names, in order. */
    public List<String> classes() {
        return new ArrayList<>(prompts.keySet());
    }
}
