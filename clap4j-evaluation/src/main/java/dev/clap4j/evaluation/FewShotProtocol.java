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
 * <p>All methods see the same labelled images and start their probes from the same weights. Besides the published figure,
 * the whole domain the probe was trained in, there are two stricter ones: without the labelled images, and on the other
 * domains, where no picture can be a near copy of a labelled one in the same style.
 */
public final class FewShotProtocol {
    private final EncodedDataset data;
    private final ProbeRecipe recipe;

    /**
     * A protocol for a data set.
     *
     * @param recipe how probes are trained
     */
    public FewShotProtocol(EncodedDataset data, ProbeRecipe recipe) {
        this.data = data;
        this.recipe = recipe;
    }

    /** What a method reaches with so many labelled images of each class, chosen by the seed. */
    public FewShotResult run(Method method, int shots, long seed) {
        return run(method, FewShotSupport.draw(data.dataset(), shots, seed));
    }

    /** What a method reaches with these labelled images. */
    public FewShotResult run(Method method, FewShotSupport support) {
        return FewShotResult.of(method, answers(method, support));
    }

    /**
     * What the probe of one domain reaches.
     *
     * @param mapped the features of all domains as the method gives them, see {@link EncodedDataset#mapped}
     */
    public FewShotCell cell(Method method, List<FeatureMatrix> mapped, int domain, FewShotSupport support) {
        return answers(mapped, domain, support).cell(method);
    }

    /**
     * What the probe of one domain answers to the images of all domains.
     *
     * @param mapped the features of all domains as a method gives them, see {@link EncodedDataset#mapped}
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

    /** What the probes of all domains answer, by domain. */
    public List<ProbeAnswers> answers(Method method, FewShotSupport support) {
        List<FeatureMatrix> mapped = data.mapped(method::apply);
        return IntStream.range(0, mapped.size())
                .parallel()
                .mapToObj(domain -> answers(mapped, domain, support))
                .toList();
    }

    /** The probe of a domain, for features as the method gives them. */
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
