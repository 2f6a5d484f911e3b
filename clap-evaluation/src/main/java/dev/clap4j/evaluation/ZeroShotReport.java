package dev.clap4j.evaluation;

import dev.clap4j.classify.AlphaChoice;
import dev.clap4j.classify.AlphaSelection;
import dev.clap4j.classify.ContentMap;
import dev.clap4j.clip.PromptEncoder;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.io.OrNull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CLIP and, with a head, CLAP on a data set, zero-shot.
 *
 * @param data the data set's folder
 * @param images how many images were classified
 * @param classes the class names
 * @param domains the domains' names
 * @param selection how α was chosen; null unless it was left open
 * @param methods CLIP first, then the head at each strength
 * @param differences of every method from those before it, by the names of {@link PromptFigures}
 */
public record ZeroShotReport(
        String data,
        int images,
        List<String> classes,
        List<String> domains,
        @OrNull AlphaSelection selection,
        List<MethodResult> methods,
        List<MethodDifference> differences) {
    /** Makes the lists unmodifiable; files of old may lack the differences. */
    public ZeroShotReport {
        differences = differences == null ? List.of() : List.copyOf(differences);
        classes = List.copyOf(classes);
        domains = List.copyOf(domains);
        methods = List.copyOf(methods);
        List<String> prompts = methods.isEmpty() ? List.of() : methods.get(0).promptNames();
        for (MethodResult method : methods) {
            if (!method.promptNames().equals(prompts) || !method.isOf(domains)) {
                throw new IllegalArgumentException(method.method() + " has results of other prompts or domains");
            }
        }
        MethodDifference.requireMethods(
                differences, methods.stream().map(MethodResult::method).toList());
    }

    /**
     * What is evaluated, and how.
     *
     * @param prompts a column of results for each
     * @param alphas strengths of the head; null if the methods have theirs
     * @param noiseBatch how many images share one draw of noise
     * @param seed of the noise
     */
    public record Plan(List<PromptSet> prompts, AlphaChoice alphas, int noiseBatch, long seed) {
        /** Images that share one draw of noise unless told otherwise. */
        public static final int NOISE_BATCH = 64;

        /** Makes the list unmodifiable. */
        public Plan {
            prompts = List.copyOf(prompts);
        }

        /** What was chosen, by the names of the command's options. */
        public Map<String, String> describe() {
            Map<String, String> options = new LinkedHashMap<>();
            options.put("prompts", prompts.stream().map(PromptSet::name).collect(Collectors.joining(", ")));
            if (alphas != null) {
                options.put("alpha", alphas.isAuto() ? "auto" : alphas.values().toString());
            }
            options.put("noise-batch", String.valueOf(noiseBatch));
            options.put("seed", String.valueOf(seed));
            return options;
        }
    }

    /**
     * Evaluates a model.
     *
     * <p>If α is left open, it is chosen by the same images, but never by their labels.
     *
     * @param images features of {@link Dataset#files}, {@code [n, D]}, in order, not normalised
     * @param head the head, or null for CLIP alone
     */
    public static ZeroShotReport of(
            Dataset dataset, FeatureMatrix images, PromptEncoder encoder, ContentMap head, Plan plan) {
        return of(dataset, images, encoder, "CLAP", head, plan);
    }

    /**
     * Evaluates a model, as {@link #of(Dataset, FeatureMatrix, PromptEncoder, ContentMap, Plan)} does.
     *
     * @param name what the head is called, see {@link Method#kind}
     */
    public static ZeroShotReport of(
            Dataset dataset, FeatureMatrix images, PromptEncoder encoder, String name, ContentMap head, Plan plan) {
        AlphaSelection selection = null;
        List<Method> methods = new ArrayList<>(List.of(Method.CLIP));
        if (head != null && plan.alphas().isAuto()) {
            selection = AlphaSelection.choose(
                    head, AlphaSelection.prompts(dataset.classes(), encoder::encode), images, AlphaSelection.GRID);
            methods.add(Method.of(name, head, selection.alpha()));
        } else if (head != null) {
            plan.alphas().values().forEach(alpha -> methods.add(Method.of(name, head, alpha)));
        }
        return of(EncodedDataset.of(dataset, images), encoder, selection, methods, plan);
    }

    /**
     * Evaluates methods.
     *
     * @param plan whose strengths do not matter: the methods have theirs
     */
    public static ZeroShotReport of(EncodedDataset images, PromptEncoder encoder, List<Method> methods, Plan plan) {
        return of(images, encoder, null, methods, plan);
    }

    private static ZeroShotReport of(
            EncodedDataset images, PromptEncoder encoder, AlphaSelection selection, List<Method> methods, Plan plan) {
        Dataset dataset = images.dataset();
        ZeroShotAnswers answers = new ZeroShotProtocol(
                        dataset, images.images(), encoder, plan.noiseBatch(), plan.seed())
                .answers(plan.prompts(), methods);
        return new ZeroShotReport(
                dataset.root().toString(),
                dataset.size(),
                dataset.classes(),
                dataset.domains().stream().map(Domain::name).toList(),
                selection,
                answers.results(),
                answers.paired().pairs(answers.figures(), plan.seed()));
    }
}
