package dev.clap4j.evaluation.quickstart;

import dev.clap4j.Progress;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.evaluation.MixedTemplates;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.prompt.PromptStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The quickstart experiment: trains heads on class names only, chooses their alpha on seen domains, and compares CLIP
 * with CLAP on unseen ones.
 *
 * <p>Images and texts are encoded once, for all heads and metrics. The same options and inputs give the same report.
 */
public final class Quickstart {
    private final QuickstartData data;
    private final QuickstartOptions options;
    private final Progress progress;

    /** Creates an experiment; the heads are trained on the classes of the data, in their order. */
    public Quickstart(QuickstartData data, QuickstartOptions options, Progress progress) {
        if (!data.classes().equals(options.training().classes())) {
            throw new IllegalArgumentException("Heads should be trained on the classes of the data");
        }
        this.data = data;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Runs the experiment.
     *
     * @param images maps image files to their features {@code [n, D]}, in order, with the model's encoder or from a
     *     cache; reports one part with a step per image
     * @param folder the folder for the run directories of the heads; existing ones are replaced
     * @throws dev.clap4j.ClapException if an image cannot be read, or the folder cannot be written
     * @throws dev.clap4j.StoppedException if the progress requests it
     */
    public QuickstartReport run(ClipModel clip, BiFunction<List<Path>, Progress, FeatureMatrix> images, Path folder) {
        return run(Backbone.of(clip), clip.texts(), clip.engine(), images, folder);
    }

    /** Calls {@link #run(ClipModel, BiFunction, Path)} with the model's own image encoder. */
    public QuickstartReport run(ClipModel clip, Path folder) {
        return run(
                clip,
                (files, inside) -> clip.images().encode(files, Steps.begin(inside, "images", files.size())),
                folder);
    }

    QuickstartReport run(
            Backbone backbone,
            PromptEncoder encoder,
            Engine engine,
            BiFunction<List<Path>, Progress, FeatureMatrix> images,
            Path folder) {
        Steps steps = Steps.begin(
                progress, "images", data.seen().size() + (long) data.unseen().size());
        EncodedDataset seen =
                EncodedDataset.of(data.seen(), images.apply(data.seen().files(), steps.inside()));
        EncodedDataset unseen =
                EncodedDataset.of(data.unseen(), images.apply(data.unseen().files(), steps.inside()));
        SharedTexts texts = new SharedTexts(encoder);
        MixedTemplates mixed = MixedTemplates.draw(data.classes(), options.templateDraws(), options.seed());
        List<HeadTraining.Trained> trained =
                new HeadTraining(options, backbone, texts, folder, progress).train(evaluationTexts(mixed));

        List<CompiledHead> compiled = new ArrayList<>();
        try {
            trained.forEach(head -> compiled.add(CompiledHead.of(head.head(), engine)));
            Comparisons comparing = new Comparisons(data, seen, unseen, texts, mixed, options, progress);
            List<TaskAlphas> alphas = comparing.chooseAlphas(compiled);
            List<TrainedHead> heads = new ArrayList<>();
            for (int i = 0; i < trained.size(); i++) {
                HeadTraining.Trained head = trained.get(i);
                heads.add(new TrainedHead(
                        head.seed(),
                        head.result().head().toString(),
                        head.result().steps(),
                        head.result().bestLoss(),
                        alphas.get(i)));
            }
            return comparing.report(setting(backbone), heads, compiled);
        } finally {
            compiled.forEach(CompiledHead::close);
        }
    }

    private List<String> evaluationTexts(MixedTemplates mixed) {
        List<String> texts = new ArrayList<>(mixed.texts());
        for (PromptStyle style : PromptStyle.values()) {
            if (!style.isNoisy()) {
                texts.addAll(PromptSet.of(style).texts(data.classes()));
            }
        }
        return texts;
    }

    private QuickstartReport.Setting setting(Backbone backbone) {
        return new QuickstartReport.Setting(
                backbone.name(),
                backbone.fingerprint(),
                data.classes(),
                data.seen().domains().stream().map(domain -> domain.name()).toList(),
                data.seen().size(),
                data.unseen().domains().stream().map(domain -> domain.name()).toList(),
                data.unseen().size(),
                data.imageTypes(),
                options.shots(),
                options.supportDraws(),
                options.templateDraws(),
                options.promptsPerClass(),
                options.training().schedule().steps(),
                options.training().batchSize(),
                options.training().learningRate(),
                options.seed());
    }
}
