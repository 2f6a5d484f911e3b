package dev.clap4j.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.classify.ContentMap;
import dev.clap4j.internal.clip.PromptEncoder;
import dev.clap4j.internal.io.OrNull;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The zero-shot results of CLIP and heads on a data set.
 *
 * @param data the data set's folder
 * @param images the number of images
 * @param classes the class names
 * @param domains the domains' names
 * @param selections the automatic choices of α, by head name
 * @param methods CLIP first, then each head with each of its values of α
 * @param differences of every method from those before it, by the names of {@link PromptMetrics}
 */
@JsonIgnoreProperties("selection") // written by older versions
public record ZeroShotReport(
        String data,
        int images,
        List<String> classes,
        List<String> domains,
        @OrNull Map<String, AlphaSelection> selections,
        List<MethodResult> methods,
        List<MethodDifference> differences) {
    /**
     * Makes lists and maps unmodifiable; older files may lack the differences and the selections.
     *
     * @throws IllegalArgumentException if there are no images, or parts are inconsistent
     */
    public ZeroShotReport {
        selections = selections == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(selections));
        differences = differences == null ? List.of() : List.copyOf(differences);
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
        if (images < 1) {
            throw new IllegalArgumentException("There are " + images + " images where 1 or more are expected");
        }
        methods = List.copyOf(methods);
        MethodDifference.requireAmong(methods.stream().map(MethodResult::method).toList(), differences);
        List<String> prompts = methods.get(0).promptNames();
        for (MethodResult method : methods) {
            if (prompts.isEmpty() || !method.promptNames().equals(prompts) || !method.isOf(domains)) {
                throw new IllegalArgumentException(method.method() + " has results of other prompts or domains");
            }
        }
    }

    /**
     * The options of an evaluation.
     *
     * @param prompts the prompt sets, one column of results each
     * @param alphas the requested values of α by head name, for the record
     * @param noiseBatch the number of images that share one draw of noise
     * @param seed the seed of the noise
     */
    public record Plan(List<PromptSet> prompts, Map<String, AlphaChoice> alphas, int noiseBatch, long seed) {
        /** The default number of images that share one draw of noise. */
        public static final int NOISE_BATCH = 64;

        /** Makes list and map unmodifiable. */
        public Plan {
            prompts = List.copyOf(prompts);
            alphas = Collections.unmodifiableMap(new LinkedHashMap<>(alphas));
        }

        /** Returns the options, by the names of the command line. */
        public Map<String, String> describe() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("prompts", prompts.stream().map(PromptSet::name).collect(Collectors.joining(", ")));
            if (!alphas.isEmpty()) {
                options.put(
                        "alpha",
                        alphas.size() == 1 ? text(alphas.values().iterator().next()) : alphasByHead());
            }
            options.put("noise-batch", String.valueOf(noiseBatch));
            options.put("seed", String.valueOf(seed));
            return options;
        }

        private String alphasByHead() {
            return alphas.entrySet().stream()
                    .map(head -> head.getKey() + " " + text(head.getValue()))
                    .collect(Collectors.joining(", "));
        }

        private static String text(AlphaChoice alphas) {
            return alphas.isAuto() ? "auto" : alphas.values().toString();
        }
    }

    /**
     * Chooses α for a head from images, without their labels.
     *
     * @param images features {@code [n, D]}, not normalised
     */
    public static AlphaSelection choose(
            ContentMap head, List<String> classes, FeatureMatrix images, PromptEncoder encoder) {
        return AlphaSelection.choose(
                head, AlphaSelection.prompts(classes, encoder::encode), images, AlphaSelection.GRID);
    }

    /** Evaluates methods with given values of α. */
    public static ZeroShotReport of(EncodedDataset images, PromptEncoder encoder, List<Method> methods, Plan plan) {
        return of(images, encoder, methods, Map.of(), plan);
    }

    /**
     * Evaluates methods.
     *
     * @param selections the automatic choices of α, for the record
     */
    public static ZeroShotReport of(
            EncodedDataset images,
            PromptEncoder encoder,
            List<Method> methods,
            Map<String, AlphaSelection> selections,
            Plan plan) {
        Dataset dataset = images.dataset();
        ZeroShotAnswers answers = new ZeroShotProtocol(
                        dataset, images.images(), encoder, plan.noiseBatch(), plan.seed())
                .answers(plan.prompts(), methods);
        return new ZeroShotReport(
                dataset.root().toString(),
                dataset.size(),
                dataset.classes(),
                dataset.domains().stream().map(Domain::name).toList(),
                selections,
                answers.results(),
                answers.paired().pairs(answers.figures(), plan.seed()));
    }
}
