package dev.clap4j.evaluation;

import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.training.probe.LinearProbe;
import dev.clap4j.training.probe.ProbeRecipe;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The few-shot evaluation of CLAP (section 4.2): a linear probe on the features of a few labelled images a class, trained
 * in each domain on its own.
 *
 * <p>All methods see the same labelled images and start their probes from the same weights. Besides the published value,
 * measured on the whole training domain, there are two stricter ones: without the labelled images, and on the other
 * domains, where no image can be a near copy of a labelled one in the same style.
 */
public final class FewShotProtocol {
    private final EncodedDataset data;
    private final ProbeRecipe recipe;

    /**
     * A protocol for a data set.
     *
     * @param recipe the training recipe of the probes
     */
    public FewShotProtocol(EncodedDataset data, ProbeRecipe recipe) {
        this.data = data;
        this.recipe = recipe;
    }

    /** Returns a method's accuracy with a support set drawn from the seed. */
    public FewShotResult run(Method method, int shots, long seed) {
        return run(method, FewShotSupport.draw(data.dataset(), shots, seed));
    }

    /** Returns a method's accuracy with the given support set. */
    public FewShotResult run(Method method, FewShotSupport support) {
        return FewShotResult.of(method, answers(method, support));
    }

    /**
     * Returns the accuracy of the probe of one domain.
     *
     * @param mapped the method's features of all domains, see {@link EncodedDataset#mapped}
     */
    public FewShotCell cell(Method method, List<FeatureMatrix> mapped, int domain, FewShotSupport support) {
        return answers(mapped, domain, support).cell(method);
    }

    /**
     * Returns the predictions of one domain's probe on the images of all domains.
     *
     * @param mapped a method's features of all domains, see {@link EncodedDataset#mapped}
     */
    public ProbeAnswers answers(List<FeatureMatrix> mapped, int domain, FewShotSupport support) {
        LinearProbe probe = train(mapped.get(domain), domain, support);
        return new ProbeAnswers(
                data.dataset(),
                domain,
                support,
                mapped.stream().map(probe::predict).toList(),
                probe.l2().isPresent() ? (Double) probe.l2().getAsDouble() : null);
    }

    /** Returns the predictions of the probes of all domains. */
    public List<ProbeAnswers> answers(Method method, FewShotSupport support) {
        List<FeatureMatrix> mapped = data.mapped(method::apply);
        return IntStream.range(0, mapped.size())
                .parallel()
                .mapToObj(domain -> answers(mapped, domain, support))
                .toList();
    }

    /** Trains the probe of a domain on the method's features. */
    public LinearProbe train(Method method, int domain, FewShotSupport support) {
        return train(method.apply(data.images().get(domain)), domain, support);
    }

    private LinearProbe train(FeatureMatrix images, int domain, FewShotSupport support) {
        int[] rows = support.rows().get(domain);
        int[] all = data.dataset().domains().get(domain).labels();
        int[] labels = IntStream.of(rows).map(i -> all[i]).toArray();
        int classes = data.dataset().classes().size();
        return recipe.train(images.select(rows), labels, classes, support.seed());
    }
}
