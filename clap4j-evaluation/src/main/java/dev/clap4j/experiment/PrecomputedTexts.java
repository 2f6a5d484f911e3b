package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Text features computed elsewhere: an encoder that knows the prompts of the classes and nothing else. */
final class PrecomputedTexts implements PromptEncoder {
    private final int dim;
    private final List<String> prompts;
    private final Map<String, float[]> rows = new HashMap<>();

    /** Creates an encoder by the features of the classes {@code [k, D]} of each prompt; no two texts may be equal. */
    PrecomputedTexts(int dim, List<String> classes, Map<String, FeatureMatrix> prompts) {
        this.dim = dim;
        this.prompts = List.copyOf(prompts.keySet());
        prompts.forEach((name, features) -> {
            List<String> texts = set(name).texts(classes);
            for (int i = 0; i < texts.size(); i++) {
                if (rows.put(texts.get(i), features.row(i)) != null) {
                    throw new ClapException("The prompt " + name + " of the class " + classes.get(i) + " is the text \""
                            + texts.get(i) + "\", as another prompt is; name them differently");
                }
            }
        });
    }

    /**
     * Returns the prompt set of a name: one of the paper's styles, a template with <code>{class}</code>, or any other
     * name, which is prefixed to the class names.
     */
    static PromptSet set(String name) {
        String template = name.contains("{class}") ? name : name + ": {class}";
        return Stream.of(PromptStyle.values())
                .filter(style -> style.name().equals(name) && !style.isNoisy())
                .map(PromptSet::of)
                .findFirst()
                .orElseGet(() -> new PromptSet(name, List.of(new PromptTemplate(template)), false));
    }

    @Override
    public int embedDim() {
        return dim;
    }

    @Override
    public int contextWidth() {
        return 0;
    }

    @Override
    public FeatureMatrix encode(List<String> texts, Steps steps) {
        List<float[]> found = texts.stream().map(this::row).toList();
        steps.advance(texts.size());
        return FeatureMatrix.ofRows(texts, dim, found);
    }

    private float[] row(String text) {
        if (!rows.containsKey(text)) {
            throw new ClapException(
                    "The text \"" + Names.brief(text) + "\" is not among the features computed elsewhere;"
                            + " they have the prompts " + Names.preview(prompts));
        }
        return rows.get(text);
    }

    @Override
    public FeatureMatrix encodeWithContext(List<ContextText> texts, Steps steps) {
        throw new ClapException("Features computed elsewhere have no noise before the class names, as the style NC has;"
                + " give them as a prompt of their own, texts.NC");
    }
}
