package dev.clap4j.experiment.recipe;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.DatasetFingerprint;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.attack.AttackOptions;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.tsne.TsneOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plan of a reproduction.
 *
 * @param data the test data set
 * @param training how CLAP's heads are trained; its seed is replaced by each of {@code seeds}
 * @param prompts what they are trained on, by class
 * @param images what Im.Aug's heads are trained on; null to leave that out
 * @param known images of domains that the model knows, used to choose α; null if they are given
 * @param alpha the value of α; where {@code known} is given, those for zero-shot are chosen instead
 * @param seeds everything is done for each
 * @param draws of labelled images for each seed
 * @param noiseBatch images that share one draw of noise
 * @param attack how images are attacked; classifier and seed are replaced
 */
public record PaperProtocol(
        Dataset data,
        ClapOptions training,
        List<List<String>> prompts,
        PromptedImages images,
        Dataset known,
        float alpha,
        List<Long> seeds,
        int draws,
        int noiseBatch,
        AttackOptions attack) {
    static final String IM_AUG = "Im.Aug";
    static final String CLAP = "CLAP";

    /**
     * Makes lists and maps unmodifiable.
     *
     * @throws ClapException if there is no seed or draw, there are too many, or data set and training differ in their classes
     */
    public PaperProtocol {
        prompts = List.copyOf(prompts);
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || draws < 1) {
            throw new ClapException("At least one seed and one draw of labelled images are needed, not " + seeds.size()
                    + " and " + draws);
        }
        if (draws > Seeds.MOST / seeds.size()) {
            throw new ClapException("At most " + Seeds.MOST + " draws of labelled images are made, not " + draws
                    + " for each of " + seeds.size() + " seeds");
        }
        if (!data.classes().equals(training.classes())) {
            throw new ClapException("The classes in " + data.root() + " are " + data.classes()
                    + ", but heads would be trained for " + training.classes());
        }
    }

    /** The kinds of heads, in the order of the tables. */
    List<String> kinds() {
        return images == null ? List.of(CLAP) : List.of(IM_AUG, CLAP);
    }

    /** CLIP and a method of each kind. */
    int methods() {
        return 1 + kinds().size();
    }

    /** Returns the number of images attacked per classifier and seed. */
    int attacked() {
        return data.domains().stream()
                .mapToInt(domain -> Math.min(attack.limit(), domain.images().size()))
                .sum();
    }

    ClapOptions clap(long seed) {
        return training.withSeed(seed);
    }

    ImAugOptions imAug(long seed) {
        return ImAugOptions.like(clap(seed));
    }

    /** The published numbers of labelled images, as far as they leave any to test on; the smallest at least. */
    List<Integer> shots() {
        List<Integer> possible = FewShot.SHOTS.stream()
                .filter(shots -> shots < data.smallestClass())
                .toList();
        return possible.isEmpty() ? FewShot.SHOTS.subList(0, 1) : possible;
    }

    /** The draws of labelled images of a seed; no two seeds share one. */
    List<Long> draws(long seed) {
        return Seeds.from(seed * draws, draws);
    }

    AttackOptions attack(AttackOptions.Classifier classifier, long seed) {
        return attack.with(classifier, seed);
    }

    /** The usual maps, of fewer neighbours where a domain is small. */
    TsneOptions maps(long seed) {
        int smallest = data.domains().stream()
                .mapToInt(domain -> domain.images().size())
                .min()
                .orElseThrow();
        TsneOptions usual = TsneOptions.DEFAULTS;
        double perplexity = Math.max(2, Math.min(usual.perplexity(), Math.floor(smallest / 2.0)));
        return new TsneOptions(perplexity, usual.iterations(), seed);
    }

    /** Returns the options, for {@code run.json}. */
    Map<String, String> describe() {
        Map<String, String> options = new LinkedHashMap<>(training.describe());
        options.put("classes", String.valueOf(training.classes()));
        options.put("seeds", seeds.toString());
        options.put("draws", String.valueOf(draws));
        options.put("images", images == null ? "none" : Digests.of(String.join("\n", images.describe())));
        options.put("known", known == null ? "none" : known.size() + " images, " + DatasetFingerprint.of(known));
        // A run resumes only if its options are unchanged, so these words are fixed.
        options.put("strengths", "CLAP Strengths[zeroShot=" + alpha + ", features=" + alpha + "]");
        options.put("noise-batch", String.valueOf(noiseBatch));
        Map<String, String> attacked = attack.describe();
        List.of("attacks", "epsilon", "threat", "limit").forEach(name -> options.put(name, attacked.get(name)));
        return options;
    }
}
