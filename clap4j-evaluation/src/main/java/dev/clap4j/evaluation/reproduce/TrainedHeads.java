package dev.clap4j.evaluation.reproduce;

import dev.clap4j.Progress;
import dev.clap4j.evaluation.Method;
import dev.clap4j.evaluation.attack.AttackMethod;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.internal.training.ImAugTrainer;
import dev.clap4j.internal.training.TrainingPlan;
import dev.clap4j.training.TrainingResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The heads of all kinds and seeds, ready to run. Owns them. */
final class TrainedHeads implements AutoCloseable {
    private final Map<Key, Head> heads = new LinkedHashMap<>();
    private final Map<Key, CompiledHead> compiled = new LinkedHashMap<>();

    private TrainedHeads() {}

    private record Key(HeadKind kind, long seed) {}

    /** A trainer, once all is known but the folder. */
    private interface Training {
        TrainingResult train(Path folder, RunStart start, String command, Progress progress);
    }

    /**
     * Trains the missing heads.
     *
     * @throws dev.clap4j.StoppedException if the progress asks to stop
     */
    static TrainedHeads train(
            ClipModel clip, ReproductionPlan plan, ReproductionFolder files, Progress progress, String command) {
        TrainedHeads trained = new TrainedHeads();
        for (long seed : plan.seeds()) {
            for (HeadKind kind : plan.kinds()) {
                Path folder = files.head(kind, seed);
                Progress part = progress.withPart("training " + kind.title() + ", seed " + seed);
                TrainingResult result =
                        trainer(clip, plan, kind, seed).train(folder, files.start(folder), command, part);
                trained.heads.put(new Key(kind, seed), Head.load(result.head()));
            }
        }
        trained.heads.forEach((key, head) -> trained.compiled.put(key, CompiledHead.of(head, clip.engine())));
        return trained;
    }

    private static Training trainer(ClipModel clip, ReproductionPlan plan, HeadKind kind, long seed) {
        return switch (kind) {
            case CLAP ->
                new ClapTrainer(
                        plan.clap(seed),
                        Backbone.of(clip),
                        clip.texts(),
                        TrainingPlan.of(
                                plan.clap(seed), plan.prompts(), clip.texts().contextWidth()))::train;
            case IM_AUG -> ImAugTrainer.of(clip, plan.imAug(seed).orElseThrow(), plan.images())::train;
        };
    }

    /** All heads of a kind. */
    List<ContentMap> maps(HeadKind kind) {
        return compiled.entrySet().stream()
                .filter(entry -> entry.getKey().kind == kind)
                .map(entry -> (ContentMap) entry.getValue()::apply)
                .toList();
    }

    /** Returns a head with a given α. */
    AttackMethod method(HeadKind kind, long seed, float alpha) {
        Key key = new Key(kind, seed);
        return new AttackMethod(Method.of(kind.title(), compiled.get(key)::apply, alpha), heads.get(key));
    }

    @Override
    public void close() {
        compiled.values().forEach(CompiledHead::close);
    }
}
