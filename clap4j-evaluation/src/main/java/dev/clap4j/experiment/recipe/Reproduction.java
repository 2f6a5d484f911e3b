package dev.clap4j.experiment.recipe;

import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.experiment.AlphaChooser;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Results;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.FeatureMap;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import dev.clap4j.experiment.measurement.attack.Robustness;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.ImAugTrainer;
import dev.clap4j.internal.training.TrainingPlan;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.TrainingResult;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The paper's protocol on one data set, from training to scores: heads of CLAP and Im.Aug, zero-shot, few-shot, attacks and
 * maps, each for every seed. All of it resumes.
 */
public final class Reproduction {
    /** The name of this kind of run. */
    public static final String KIND = "reproduction";

    private final ClipModel clip;
    private final PaperProtocol protocol;
    private final FeatureCache cache;
    private final Progress progress;

    /**
     * A reproduction.
     *
     * @param cache where image features are kept
     */
    public Reproduction(ClipModel clip, PaperProtocol protocol, FeatureCache cache, Progress progress) {
        this.clip = clip;
        this.protocol = protocol;
        this.cache = cache;
        this.progress = progress;
    }

    /** Returns the record of a run. */
    public RunDescription record(String command) {
        return RunDescription.of(KIND, command, protocol.describe()).model(clip).data("images", protocol.data());
    }

    /**
     * Runs the missing parts.
     *
     * @param start how to treat heads that are already in the run directory
     * @return the results, which are also in the run directory
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     * @throws dev.clap4j.StoppedException if the progress asks to stop; what is done is kept
     */
    public Results run(Runner runner, RunStart start) {
        // By seed within their kind.
        Map<String, Map<Long, CompiledHead>> heads = new LinkedHashMap<>();
        try {
            train(runner.folder().resolve("heads"), start, heads);
            EncodedDataset images = encode("images", protocol.data());
            Map<String, Float> alphas = alphas(heads);
            for (long seed : protocol.seeds()) {
                List<Method> words = new ArrayList<>(List.of(Method.CLIP));
                List<Method> features = new ArrayList<>(List.of(Method.CLIP));
                heads.forEach((kind, bySeed) -> {
                    CompiledHead head = bySeed.get(seed);
                    words.add(Method.of(kind, head::apply, head.head(), alphas.get(kind)));
                    features.add(Method.of(kind, head::apply, head.head(), protocol.alpha()));
                });
                trials(images, words, features, seed).forEach(runner::run);
            }
            return runner.finish();
        } finally {
            heads.values().forEach(bySeed -> bySeed.values().forEach(CompiledHead::close));
        }
    }

    private List<Trial> trials(EncodedDataset images, List<Method> words, List<Method> features, long seed) {
        Condition condition = Condition.NONE.with(Condition.SEED, seed);
        Subject texts = new Subject(Optional.of(clip), clip.texts(), images, words, condition);
        Subject pictures = new Subject(Optional.of(clip), clip.texts(), images, features, condition);
        return List.of(
                new Trial(texts, new ZeroShot(ZeroShot.STYLES, protocol.noiseBatch(), seed)),
                new Trial(pictures, FewShot.of(protocol.shots(), protocol.draws(seed), ProbeOptions.OFFICIAL)),
                new Trial(texts, new Robustness(protocol.attack(Classifier.ZEROSHOT, seed))),
                new Trial(pictures, new Robustness(protocol.attack(Classifier.ONESHOT, seed))),
                new Trial(pictures, new FeatureMap(protocol.maps(seed))));
    }

    private EncodedDataset encode(String what, Dataset dataset) {
        return EncodedDataset.of(dataset, cache.encode(clip, dataset.files(), progress.withPart(what)));
    }

    /** Returns the α of each kind of heads for comparing images with class names. */
    private Map<String, Float> alphas(Map<String, Map<Long, CompiledHead>> heads) {
        Map<String, Float> alphas = new HashMap<>();
        if (protocol.known() == null) {
            heads.keySet().forEach(kind -> alphas.put(kind, protocol.alpha()));
            return alphas;
        }
        AlphaChooser chooser = new AlphaChooser(
                encode("images of known domains", protocol.known()), clip.texts(), AlphaChooser.PUBLISHED);
        Steps steps = Steps.begin(progress, "choosing α", heads.size());
        heads.forEach((kind, bySeed) -> {
            List<ContentMap> maps = bySeed.values().stream()
                    .<ContentMap>map(head -> head::apply)
                    .toList();
            alphas.put(kind, chooser.zeroShot(maps));
            steps.advance(1);
        });
        return alphas;
    }

    /** Trains the missing heads, and loads all of them. */
    private void train(Path folder, RunStart start, Map<String, Map<Long, CompiledHead>> heads) {
        for (long seed : protocol.seeds()) {
            for (String kind : protocol.kinds()) {
                Path run = folder.resolve(kind.toLowerCase(Locale.ROOT).replace('.', '-') + "-" + seed);
                // A resumed reproduction has some runs but not others.
                boolean begun = Files.exists(RunFolder.provenance(run));
                RunStart inner = start == RunStart.RESUME && !begun ? RunStart.NEW : start;
                Progress part = progress.withPart("training " + kind + ", seed " + seed);
                Head head = Head.load(train(kind, seed, run, inner, part).head());
                heads.computeIfAbsent(kind, k -> new LinkedHashMap<>()).put(seed, CompiledHead.of(head, clip.engine()));
            }
        }
    }

    private TrainingResult train(String kind, long seed, Path run, RunStart start, Progress part) {
        if (kind.equals(PaperProtocol.IM_AUG)) {
            return ImAugTrainer.of(clip, protocol.imAug(seed), protocol.images())
                    .train(run, start, "", part);
        }
        ClapOptions options = protocol.clap(seed);
        TrainingPlan plan =
                TrainingPlan.of(options, protocol.prompts(), clip.texts().contextWidth());
        return new ClapTrainer(options, Backbone.of(clip), clip.texts(), plan).train(run, start, "", part);
    }
}
