package dev.clap4j.experiment.recipe;

import dev.clap4j.ClapException;
import dev.clap4j.internal.run.Seeds;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.prompt.Augmentation;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.training.ClapOptions;
import dev.clap4j.training.ContextNoise;
import dev.clap4j.training.HeadNetwork;
import dev.clap4j.training.Schedule;
import dev.clap4j.training.objective.ClapObjective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The options of a quickstart.
 *
 * @param training the training options of the heads; the seed is replaced by each of {@code headSeeds}
 * @param promptsPerClass template prompts per class to train on, drawn at random, 1 to 480
 * @param headSeeds one seed per head, at least one
 * @param supportDraws the number of draws of labelled images; results are averaged
 * @param templateDraws the number of draws of mixed templates; results are averaged
 */
public record QuickstartOptions(
        ClapOptions training, int promptsPerClass, List<Long> headSeeds, int supportDraws, int templateDraws) {
    /** The number of template prompts per class. */
    static final int ALL_PROMPTS = 480;

    /** The default number of heads. */
    public static final int HEADS = 3;

    /** The number of labelled images per class for linear probes. */
    static final int SHOTS = 1;

    /** The seed of everything but the heads. */
    static final long SEED = 0;

    private static final int STEPS = 600;
    private static final int CHECKS = 10;

    /**
     * Checks the ranges.
     *
     * @throws ClapException if a number is out of range
     */
    public QuickstartOptions {
        headSeeds = List.copyOf(headSeeds);
        if (headSeeds.isEmpty()) {
            throw new ClapException("At least one head must be trained; give 1 seed or more");
        }
        if (promptsPerClass < 1 || promptsPerClass > ALL_PROMPTS) {
            throw new ClapException(
                    "There are 1 to " + ALL_PROMPTS + " prompts of a class to train on, not " + promptsPerClass);
        }
        if (supportDraws < 1 || templateDraws < 1) {
            throw new ClapException("Draws should be 1 or more, but are " + supportDraws + " and " + templateDraws);
        }
    }

    /**
     * Returns options for a run of seconds instead of minutes: a subset of the prompts without noise, so that each text
     * is encoded only once for all heads, and a few large training steps.
     *
     * @param embedDim the dimension D of the model's features
     */
    public static QuickstartOptions quick(List<String> classes, int embedDim) {
        ClapOptions training = new ClapOptions(
                classes,
                HeadNetwork.of(embedDim, embedDim),
                ClapObjective.official(0.2, 0.2, 3),
                Augmentation.OFFICIAL,
                ContextNoise.NONE,
                Math.max(8, (classes.size() + 7) / 8 * 8),
                5e-4,
                new Schedule(STEPS, STEPS / CHECKS, 5, 0.01),
                1,
                0);
        return new QuickstartOptions(training, 24, Seeds.from(0, HEADS), 3, 20);
    }

    /** Returns the options, by the names of the command line where there are such. */
    Map<String, String> describe() {
        Map<String, String> options = new LinkedHashMap<>(training.describe());
        options.put("classes", String.valueOf(training.classes().size()));
        options.put("prompts-per-class", String.valueOf(promptsPerClass));
        options.put("head-seeds", headSeeds.toString());
        options.put("shots", String.valueOf(SHOTS));
        options.put("support-draws", String.valueOf(supportDraws));
        options.put("template-draws", String.valueOf(templateDraws));
        options.put("seed", String.valueOf(SEED));
        return options;
    }

    /** Returns the prompts to train on, by class. */
    public List<List<String>> prompts() {
        Streams streams = new Streams(SEED);
        List<List<String>> all = new ArrayList<>();
        for (String name : training.classes()) {
            List<String> prompts = new ArrayList<>(PromptLanguage.ENGLISH.templates(name));
            RandomGenerator random = streams.get("training prompts", all.size());
            for (int i = 0; i < promptsPerClass; i++) {
                Collections.swap(prompts, i, random.nextInt(i, prompts.size()));
            }
            all.add(List.copyOf(prompts.subList(0, promptsPerClass)));
        }
        return all;
    }

    /**
     * Returns these options with the given number of heads, with seeds 0, 1, 2, …
     *
     * @throws ClapException if there are none, or more than {@link Seeds#MOST}
     */
    public QuickstartOptions withHeads(int heads) {
        return new QuickstartOptions(training, promptsPerClass, Seeds.from(0, heads), supportDraws, templateDraws);
    }

    /**
     * Returns these options with the given number of training steps, and a check after about every tenth of them.
     *
     * @throws ClapException if there are none
     */
    public QuickstartOptions withSteps(int steps) {
        Schedule schedule = training.schedule();
        int tenth = Math.min(Schedule.MOST_BETWEEN_CHECKS, Math.max(1, steps / CHECKS));
        Schedule ten = new Schedule(steps, tenth, schedule.patience(), schedule.minImprovement());
        ClapOptions other = training.withSchedule(ten.withAllOf(steps));
        return new QuickstartOptions(other, promptsPerClass, headSeeds, supportDraws, templateDraws);
    }
}
