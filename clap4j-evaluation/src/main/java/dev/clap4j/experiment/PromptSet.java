package dev.clap4j.experiment;

import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import dev.clap4j.training.ContextNoise;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The prompts of the class names for one column of results.
 *
 * @param name the column's name
 * @param templates at least one; several form an ensemble
 * @param noisy whether Gaussian vectors precede every text
 */
public record PromptSet(String name, List<PromptTemplate> templates, boolean noisy) {
    private static final int NOISE_VECTORS = ContextNoise.OFFICIAL.vectors();

    /** Makes the list unmodifiable. */
    public PromptSet {
        templates = List.copyOf(templates);
        if (templates.isEmpty()) {
            throw new IllegalArgumentException("A prompt set has at least one template");
        }
    }

    /** Returns one of the paper's four styles. */
    public static PromptSet of(PromptStyle style) {
        return of(style, PromptLanguage.ENGLISH);
    }

    /** Returns one of the paper's four styles in a language. */
    public static PromptSet of(PromptStyle style, PromptLanguage language) {
        return new PromptSet(style.name(), List.of(language.template(style)), style.isNoisy());
    }

    /** Returns a user's template, named by its text. */
    public static PromptSet of(PromptTemplate template) {
        return new PromptSet(template.pattern(), List.of(template), false);
    }

    /** Returns an ensemble of templates. */
    public static PromptSet ensemble(String name, List<PromptTemplate> templates) {
        return new PromptSet(name, templates, false);
    }

    /**
     * Returns an ensemble of the templates in a file, one a line, named by the file.
     *
     * @throws dev.clap4j.ClapException if it cannot be read, or a line is no template
     */
    public static PromptSet ofFile(Path file) {
        return ensemble(file.getFileName().toString(), PromptTemplate.read(file));
    }

    /** Returns the texts for all classes, template by template: {@code templates × classes}. */
    public List<String> texts(List<String> classes) {
        return templates.stream()
                .flatMap(template -> classes.stream().map(template::text))
                .toList();
    }

    /**
     * Puts the same Gaussian vectors before all texts.
     *
     * @param std the standard deviation of their values
     * @param width the number of values in each
     */
    public static List<ContextText> afterNoise(List<String> texts, double std, int width, RandomGenerator random) {
        float[][] noise = new float[NOISE_VECTORS][width];
        for (float[] vector : noise) {
            for (int i = 0; i < width; i++) {
                vector[i] = (float) (std * random.nextGaussian());
            }
        }
        return texts.stream()
                .map(text -> new ContextText(text, noise, ContextPosition.FRONT))
                .toList();
    }
}
