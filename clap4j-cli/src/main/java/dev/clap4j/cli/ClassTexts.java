package dev.clap4j.cli;

import dev.clap4j.evaluation.Method;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.prompt.PromptTemplate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text features of classes. */
final class ClassTexts {
    private ClassTexts() {}

    /**
     * The features of each class's prompts, averaged over the templates.
     *
     * @param templates the user's; {@code a photo of a …} if there are none
     * @param method the map of the features
     * @param err receives warnings of truncated texts
     * @return {@code [k, O]} with the classes as ids
     */
    static FeatureMatrix encode(
            ClipModel clip, List<String> classes, TemplateOptions templates, Method method, PrintWriter err) {
        List<PromptTemplate> all = new ArrayList<>(templates.single());
        all.addAll(templates.ofFile());
        if (all.isEmpty()) {
            all.add(new PromptTemplate(PromptStyle.PC.text("{class}")));
        }
        List<FeatureMatrix> members = new ArrayList<>();
        for (PromptTemplate template : all) {
            List<String> texts = classes.stream().map(template::text).toList();
            ModelOption.warnOfLongTexts(clip.texts().tokenizer(), texts, err);
            members.add(method.apply(clip.texts().encode(texts)));
        }
        return FeatureMatrix.ensemble(members).withIds(classes);
    }
}
