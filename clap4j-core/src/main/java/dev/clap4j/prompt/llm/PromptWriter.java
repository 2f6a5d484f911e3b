package dev.clap4j.prompt.llm;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.prompt.PromptTemplate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets a language model write the prompts of a class, in portions, until there are enough different ones.
 *
 * @param question the question, with {@code {class}} and {@code {count}} as placeholders
 * @param count number of prompts per class, 1 to 10,000
 */
public record PromptWriter(String question, int count) {
    /** The default question. */
    public static final String QUESTION =
            "Write {count} different descriptions of pictures that show a {class}. Vary the"
                    + " kind of picture, its art style, the size and the colour of the {class}, and what is around it. One short"
                    + " English sentence a line, each with the word \"{class}\" in it. No numbers before the lines, and nothing else.";

    private static final int MOST = 10_000;
    private static final int PORTION = 40;
    private static final int VAIN_TRIES = 3;

    /** The maximum number of lines of an answer; some more than requested are acceptable. */
    private static final int MOST_LINES = 10 * PORTION;

    /** Control characters, bidirectional formatting characters, and unpaired surrogates. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069]");

    /**
     * Checks the question and the number.
     *
     * @throws ClapException if the question does not name the class, or the number is out of range
     */
    public PromptWriter {
        if (!question.contains("{class}")) {
            throw new ClapException(
                    "The question \"" + question
                            + "\" does not name the class; write {class} where the class should stand, and {count} for the number");
        }
        if (count < 1 || count > MOST) {
            throw new ClapException("The prompts of a class should be 1 to " + MOST + ", not " + count);
        }
    }

    /**
     * Returns the requested number of prompts of a class, all different.
     *
     * @throws ClapException if the model does not answer, or only repeats what it wrote before
     */
    public List<String> write(String className, Chat model) {
        Set<String> prompts = new LinkedHashSet<>();
        int vain = 0;
        while (prompts.size() < count) {
            int portion = Math.min(PORTION, count - prompts.size());
            String asked = new PromptTemplate(question.replace("{count}", String.valueOf(portion))).text(className);
            vain = prompts.addAll(lines(model.ask(asked))) ? 0 : vain + 1;
            if (vain == VAIN_TRIES) {
                throw new ClapException(
                        Problem.TOO_FEW_PROMPTS,
                        "The language model writes no more than " + prompts.size()
                                + " different prompts for the class \"" + className + "\"");
            }
        }
        return new ArrayList<>(prompts).subList(0, count);
    }

    /**
     * Returns the lines of an answer without the usual decoration by models: numbers, bullets, quotes, an introduction.
     */
    static List<String> lines(String answer) {
        return answer.lines()
                .limit(MOST_LINES)
                .map(line -> UNPRINTABLE.matcher(line).replaceAll(""))
                .map(line -> line.strip().replaceFirst("^(?:[-*•–]|\\d+[.):])\\s+", ""))
                .map(line -> line.replaceFirst("^[\"“](.*)[\"”]([.,]?)$", "$1"))
                .map(String::strip)
                .filter(line ->
                        !line.isEmpty() && !line.endsWith(":") && !line.startsWith("#") && !line.startsWith("```"))
                .toList();
    }
}
