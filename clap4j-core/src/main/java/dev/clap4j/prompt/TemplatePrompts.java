package dev.clap4j.prompt;

import java.util.ArrayList;
import java.util.List;

/**
 * The prompts CLAP is trained on: {@code a(n) [art style] [image type] of a(n) [size] [colour] [class]} (CLAP, section
 * 3).
 */
public final class TemplatePrompts {
    private TemplatePrompts() {}

    /**
     * Returns every combination of attributes for a class: 480 prompts, the colour changing fastest, then art style,
     * size and image type, as in the authors' files.
     *
     * @param className as it should appear in the prompt, for instance {@code "alarm clock"}
     */
    public static List<String> of(String className) {
        List<String> prompts = new ArrayList<>(480);
        for (String type : Attribute.IMAGE_TYPE.words()) {
            for (String size : Attribute.SIZE.words()) {
                for (String style : Attribute.ART_STYLE.words()) {
                    for (String colour : Attribute.COLOUR.words()) {
                        String image = Articles.with(style + " " + type);
                        prompts.add(image + " of " + Articles.with(size + " " + colour + " " + className));
                    }
                }
            }
        }
        return List.copyOf(prompts);
    }

    /** Returns one short template for each image type: {@code a(n) [image type] of a {class}}. */
    public static List<PromptTemplate> imageTypes() {
        return Attribute.IMAGE_TYPE.words().stream()
                .map(type -> new PromptTemplate(Articles.with(type) + " of a {class}"))
                .toList();
    }
}
