package dev.clap4j.internal.style;

import dev.clap4j.Progress;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.LearnedWords;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.training.source.PromptSource;
import dev.clap4j.training.source.PromptStyler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the encoder of a source's prompts. */
public final class SourceEncoder {
    private SourceEncoder() {}

    /**
     * Returns an encoder of a source's prompts, after learning the words of its styles if it has any.
     *
     * @param model the frozen model, which must stay open
     * @param classes the class names
     * @param seed the seed of all randomness
     * @param file the file for learned styles, from which an interrupted run resumes
     * @param progress the progress of learning
     */
    public static PromptEncoder of(
            PromptSource source, ClipModel model, List<String> classes, long seed, Path file, Progress progress) {
        if (!(source instanceof PromptStyler styler)) {
            return model.texts();
        }
        List<LearnedStyle> learned = new StyleTraining(model, classes, seed).train(styler.styles(), file, progress);
        Map<String, float[][]> words = new LinkedHashMap<>();
        for (int i = 0; i < learned.size(); i++) {
            words.put(PromptStyler.word(i + 1), learned.get(i).vectors());
        }
        return new LearnedWords(model.texts(), words);
    }
}
