package dev.clap4j.evaluation.reproduce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Progress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.evaluation.EvaluatedModel;
import dev.clap4j.evaluation.EvaluationFolder;
import dev.clap4j.evaluation.EvaluationProvenance;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.PromptSet;
import dev.clap4j.evaluation.Protocol;
import dev.clap4j.evaluation.ZeroShotReport;
import dev.clap4j.evaluation.attack.AttackMethod;
import dev.clap4j.evaluation.attack.AttackOptions;
import dev.clap4j.evaluation.attack.AttackOptions.Classifier;
import dev.clap4j.evaluation.attack.AttackProtocol;
import dev.clap4j.evaluation.fewshot.FewShotFolder;
import dev.clap4j.evaluation.fewshot.FewShotPlan;
import dev.clap4j.evaluation.fewshot.FewShotProvenance;
import dev.clap4j.evaluation.fewshot.FewShotRun;
import dev.clap4j.evaluation.report.Report;
import dev.clap4j.evaluation.tsne.TsneOptions;
import dev.clap4j.evaluation.tsne.TsneProtocol;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The paper's protocol on one data set, from training to the report: heads of CLAP and Im.Aug, zero-shot, few-shot, attacks
 * and maps, each for every seed. All of it resumes.
 */
public final class Reproduction {
    private final ClipModel clip;
    private final ReproductionPlan plan;
    private final FeatureCache cache;
    private final Progress progress;
    private final String command;
    private final EvaluatedModel model;

    /**
     * A reproduction.
     *
     * @param cache where image features are kept
     * @param command the command line, for the record
     */
    public Reproduction(ClipModel clip, ReproductionPlan plan, FeatureCache cache, Progress progress, String command) {
        this.clip = clip;
        this.plan = plan;
        this.cache = cache;
        this.progress = progress;
        this.command = command;
        this.model = EvaluatedModel.of(clip);
    }

    /**
     * Runs the missing parts and writes {@code report.html}.
     *
     * @return the report
     * @throws dev.clap4j.ClapException if the folder holds another run, or an image cannot be decoded
     * @throws dev.clap4j.StoppedException if the progress asks to stop; what is done is kept
     */
    public Report run(Path folder, RunStart start) {
        ObjectNode provenance =
                EvaluationProvenance.of(Protocol.REPRODUCTION, plan.describe(), Map.of(), model, plan.data(), command);
        ReproductionFolder files = new ReproductionFolder(folder, start);
        try (RunFolder taken =
                RunFolder.open(folder, start, provenance, EvaluationProvenance.FIXED, old -> List.of(files.report()))) {
            return run(new ReproductionFolder(taken.folder(), start));
        }
    }

    private Report run(ReproductionFolder files) {
        List<Path> runs = new ArrayList<>();
        try (TrainedHeads heads = TrainedHeads.train(clip, plan, files, progress, command)) {
            EncodedDataset images = encode("images", plan.data());
            Map<HeadKind, HeadAlphas> alphas = alphas(heads);
            for (long seed : plan.seeds()) {
                plan.kinds().forEach(kind -> runs.add(files.head(kind, seed)));
                List<AttackMethod> words =
                        methods(heads, seed, kind -> alphas.get(kind).zeroShot());
                List<AttackMethod> pictures =
                        methods(heads, seed, kind -> alphas.get(kind).features());
                runs.add(zeroShot(files.zeroShot(seed), images, words, seed));
                runs.add(fewShot(files, images, pictures, seed));
                runs.add(attack(files, Classifier.ZEROSHOT, words, seed));
                runs.add(attack(files, Classifier.ONESHOT, pictures, seed));
                runs.add(maps(files.maps(seed), images, pictures, seed));
            }
        }
        Report report = Report.read(runs);
        report.write(files.report());
        return report;
    }

    private EncodedDataset encode(String what, Dataset dataset) {
        return EncodedDataset.of(dataset, cache.encode(clip, dataset.files(), progress.withPart(what)));
    }

    private Map<HeadKind, HeadAlphas> alphas(TrainedHeads heads) {
        if (plan.known() == null) {
            return plan.alphas();
        }
        EncodedDataset known = encode("images of known domains", plan.known());
        Map<HeadKind, HeadAlphas> chosen = new LinkedHashMap<>();
        Steps steps = Steps.begin(progress, "choosing α", plan.kinds().size());
        for (HeadKind kind : plan.kinds()) {
            float zeroShot = AlphaSearch.among(heads.maps(kind), known, clip.texts());
            chosen.put(kind, new HeadAlphas(zeroShot, plan.alphas().get(kind).features()));
            steps.advance(1);
        }
        return chosen;
    }

    private List<AttackMethod> methods(TrainedHeads heads, long seed, Function<HeadKind, Float> alpha) {
        return Stream.concat(
                        Stream.of(AttackMethod.CLIP),
                        plan.kinds().stream().map(kind -> heads.method(kind, seed, alpha.apply(kind))))
                .toList();
    }

    private static List<Method> plain(List<AttackMethod> methods) {
        return methods.stream().map(AttackMethod::method).toList();
    }

    private Path zeroShot(Path folder, EncodedDataset images, List<AttackMethod> methods, long seed) {
        Steps steps = Steps.begin(progress, "zero-shot, seed " + seed, 1);
        List<PromptSet> prompts =
                Stream.of(PromptStyle.values()).map(PromptSet::of).toList();
        ZeroShotReport.Plan how = new ZeroShotReport.Plan(prompts, Map.of(), plan.noiseBatch(), seed);
        ObjectNode provenance = EvaluationProvenance.of(
                Protocol.ZERO_SHOT, how.describe(), AttackMethod.heads(methods), model, plan.data(), command);
        try (EvaluationFolder taken = EvaluationFolder.take(folder, provenance)) {
            taken.save(Protocol.ZERO_SHOT, ZeroShotReport.of(images, clip.texts(), plain(methods), how));
        }
        steps.advance(1);
        return folder;
    }

    private Path fewShot(ReproductionFolder files, EncodedDataset images, List<AttackMethod> methods, long seed) {
        Path folder = files.fewShot(seed);
        FewShotPlan probes = new FewShotPlan(plan.shots(), plan.draws(seed), ProbeOptions.OFFICIAL);
        ObjectNode provenance = FewShotProvenance.of(probes, plan.data(), AttackMethod.heads(methods), model, command);
        Progress part = progress.withPart("linear probes, seed " + seed);
        try (FewShotFolder run = FewShotFolder.open(folder, files.start(folder), provenance, probes, plan.data())) {
            new FewShotRun(images, probes, plain(methods), part).run(run, Backbone.of(clip));
        }
        return folder;
    }

    private Path attack(ReproductionFolder files, Classifier classifier, List<AttackMethod> methods, long seed) {
        Path folder = files.attack(classifier, seed);
        String part = "attacks on " + (classifier == Classifier.ZEROSHOT ? "zero-shot" : "1-shot probes");
        AttackOptions options = plan.attack(classifier, seed);
        new AttackProtocol(clip, plan.data(), methods, options, progress.withPart(part + ", seed " + seed))
                .run(folder, files.start(folder), command);
        return folder;
    }

    private Path maps(Path folder, EncodedDataset images, List<AttackMethod> methods, long seed) {
        TsneOptions options = plan.maps(seed);
        ObjectNode provenance = EvaluationProvenance.of(
                Protocol.TSNE, options.describe(), AttackMethod.heads(methods), model, plan.data(), command);
        try (EvaluationFolder taken = EvaluationFolder.take(folder, provenance)) {
            new TsneProtocol(images, options, taken.folder())
                    .run(plain(methods), progress.withPart("maps, seed " + seed));
        }
        return folder;
    }
}
