package dev.clap4j.experiment.recipe;

import dev.clap4j.dataset.FeatureCache;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.run.RunStart;
import dev.clap4j.internal.training.SharedTexts;
import dev.clap4j.internal.training.SideBySide;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The estimated duration of a reproduction, extrapolated from a sample of each kind of work. Work that a
 * stopped run has finished is not counted.
 *
 * @param parts the kinds of work
 */
public record Forecast(List<Part> parts) {
    /** Makes the list unmodifiable. */
    public Forecast {
        parts = List.copyOf(parts);
    }

    /**
     * A kind of work.
     *
     * @param what the kind of work
     * @param count the number of repetitions
     * @param seconds the total
     */
    public record Part(String what, long count, double seconds) {}

    /** Returns the total time. */
    public double seconds() {
        return parts.stream().mapToDouble(Part::seconds).sum();
    }

    /**
     * Times each kind of work, for a few seconds in total.
     *
     * @param cache images whose features it holds are not counted
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static Forecast of(ClipModel clip, PaperProtocol plan, FeatureCache cache) {
        ForecastTrials trials = new ForecastTrials(clip, plan);
        long seeds = plan.seeds().size();
        List<Part> parts = new ArrayList<>();
        List<String> texts = texts(clip, plan);
        add(parts, "texts to encode", seeds * texts.size(), trials.secondsOfText(texts));
        add(parts, "images to encode", images(clip, plan, cache), trials.secondsOfImage());
        add(parts, "texts with noise", seeds * noisyTexts(plan), trials.secondsOfNoisyText());
        long steps = seeds * plan.kinds().size() * plan.training().schedule().steps();
        add(parts, "training steps", steps, trials.secondsOfStep());
        long probes = seeds * plan.draws() * plan.methods() * plan.shots().size() * domains(plan);
        add(parts, "linear probes", probes, trials.secondsOfProbe());
        long gradients = 2 * seeds * plan.methods() * plan.attacked() * perImage(plan);
        add(parts, "gradients of images", gradients, trials.secondsOfGradient());
        add(parts, "maps", seeds * plan.methods() * domains(plan), trials.secondsOfMap());
        return new Forecast(parts);
    }

    private static void add(List<Part> parts, String what, long count, double each) {
        parts.add(new Part(what, count, count * each));
    }

    private static int domains(PaperProtocol plan) {
        return plan.data().domains().size();
    }

    /** Texts with noise before them that one seed's head is trained on and its prompts are measured with. */
    private static long noisyTexts(PaperProtocol plan) {
        long training = plan.training().noise().isOn()
                ? (long) plan.training().schedule().steps() * plan.training().batchSize()
                : 0;
        long batches = plan.data().domains().stream()
                .mapToLong(domain -> (domain.images().size() + plan.noiseBatch() - 1) / plan.noiseBatch())
                .sum();
        return training + batches * plan.data().classes().size();
    }

    /** Returns the training texts of one seed's CLAP head, without noise. */
    private static List<String> texts(ClipModel clip, PaperProtocol plan) {
        SideBySide.Job job =
                new SideBySide.Job(plan.clap(plan.seeds().get(0)), plan.prompts(), Path.of(""), RunStart.NEW);
        return List.copyOf(new SideBySide(Backbone.of(clip), new SharedTexts(clip.texts())).texts(List.of(job)));
    }

    private static long images(ClipModel clip, PaperProtocol plan, FeatureCache cache) {
        long measured = cache.missing(clip, plan.data().files());
        measured += plan.known() == null ? 0 : cache.missing(clip, plan.known().files());
        if (plan.images() == null) {
            return measured;
        }
        ImAugOptions options = plan.imAug(plan.seeds().get(0)).orElseThrow();
        long drawn = (long) options.schedule().steps() * options.batchSize();
        long synthetic = plan.images().size();
        // Fresh views are new in every step; cached ones can be no more than are drawn.
        long views = options.views().equals(Views.FRESH)
                ? drawn
                : Math.min(drawn, synthetic * options.views().perImage());
        return measured + plan.seeds().size() * (Math.min(drawn, synthetic) + views);
    }

    private static long perImage(PaperProtocol plan) {
        return plan.attack().attacks().stream()
                .mapToLong(attack -> attack.gradients(plan.data().classes().size()))
                .sum();
    }
}
