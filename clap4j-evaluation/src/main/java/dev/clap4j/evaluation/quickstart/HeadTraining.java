package dev.clap4j.evaluation.quickstart;

import dev.clap4j.Progress;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.training.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The experiment's heads, trained on the same prompts with different seeds. */
final class HeadTraining {
    private final QuickstartOptions options;
    private final SharedTexts texts;
    private final Path folder;
    private final Progress progress;
    private final SideBySide training;

    HeadTraining(QuickstartOptions options, Backbone backbone, SharedTexts texts, Path folder, Progress progress) {
        this.options = options;
        this.texts = texts;
        this.folder = folder;
        this.progress = progress;
        this.training = new SideBySide(backbone, texts);
    }

    /** A head and the result of its training. */
    record Trained(long seed, Head head, TrainingResult result) {}

    /**
     * Encodes all texts and trains all heads, in the order of their seeds.
     *
     * @param others texts needed later, encoded at the same time
     */
    List<Trained> train(List<String> others) {
        List<List<String>> prompts = options.prompts();
        List<Long> seeds = options.headSeeds();
        List<SideBySide.Job> jobs = seeds.stream()
                .map(seed -> new SideBySide.Job(
                        options.training().withSeed(seed), prompts, folder.resolve("head-" + seed), RunStart.OVERWRITE))
                .toList();
        Set<String> needed = new LinkedHashSet<>(options.training().classes());
        needed.addAll(others);
        needed.addAll(training.texts(jobs));
        List<String> unknown = texts.unknown(needed);
        texts.encode(unknown, Steps.begin(progress, "texts", unknown.size()));
        List<TrainingResult> results = training.train(jobs, progress);
        return IntStream.range(0, seeds.size())
                .mapToObj(
                        i -> new Trained(seeds.get(i), Head.load(results.get(i).head()), results.get(i)))
                .toList();
    }
}
