package dev.clap4j.evaluation;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ContextPosition;
import dev.clap4j.internal.clip.ContextText;
import dev.clap4j.internal.clip.PromptEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * The zero-shot evaluation of CLAP (section 4.1): every image is assigned the class of its nearest prompt.
 *
 * <p>Images are encoded beforehand; every text, noisy or not, is encoded once for all methods, so that
 * methods see the same noise.
 */
public final class ZeroShotProtocol {
    /** The number of Gaussian vectors before a noisy text. */
    private static final int NOISE_VECTORS = 4;

    /** Standard deviation of their values. */
    private static final double NOISE_DEVIATION = 0.02;

    /** Noisy texts encoded together, to fill the encoder's batches. */
    private static final int NOISY_TEXTS_AT_ONCE = 1024;

    private final Dataset dataset;
    private final List<FeatureMatrix> images;
    private final PromptEncoder encoder;
    private final int noiseBatch;
    private final long seed;

    /**
     * A protocol for a data set.
     *
     * @param images by domain, image features {@code [n, D]}, not normalised, in the domain's order
     * @param noiseBatch the number of images that share one draw of noise
     * @param seed the seed of the noise
     */
    public ZeroShotProtocol(
            Dataset dataset, List<FeatureMatrix> images, PromptEncoder encoder, int noiseBatch, long seed) {
        if (noiseBatch < 1) {
            throw new IllegalArgumentException("At least one image shares a draw of noise, not " + noiseBatch);
        }
        this.dataset = dataset;
        this.images = new EncodedDataset(dataset, images).images();
        this.encoder = encoder;
        this.noiseBatch = noiseBatch;
        this.seed = seed;
    }

    /** Returns the accuracy of every method under every prompt set, in the order of the methods. */
    public List<MethodResult> run(List<PromptSet> prompts, List<Method> methods) {
        return answers(prompts, methods).results();
    }

    /** Returns the predictions of every method under every prompt set. */
    public ZeroShotAnswers answers(List<PromptSet> prompts, List<Method> methods) {
        List<List<FeatureMatrix>> mapped = methods.stream()
                .map(method -> images.stream().map(method::apply).toList())
                .toList();
        return new ZeroShotAnswers(
                dataset,
                prompts,
                methods,
                prompts.stream().map(set -> predict(set, methods, mapped)).toList());
    }

    private List<List<int[]>> predict(PromptSet set, List<Method> methods, List<List<FeatureMatrix>> mapped) {
        return set.noisy() ? noisy(set, methods, mapped) : clean(set, methods, mapped);
    }

    /** Class numbers by method and domain. */
    private List<List<int[]>> clean(PromptSet set, List<Method> methods, List<List<FeatureMatrix>> mapped) {
        FeatureMatrix texts = encoder.encode(set.texts(dataset.classes()));
        return IntStream.range(0, methods.size())
                .mapToObj(m -> {
                    ZeroShotClassifier classifier = classifier(set, methods.get(m), texts);
                    return mapped.get(m).stream().map(classifier::predict).toList();
                })
                .toList();
    }

    /** Returns a method's classifier; several templates are averaged. */
    private ZeroShotClassifier classifier(PromptSet set, Method method, FeatureMatrix texts) {
        int classes = dataset.classes().size();
        FeatureMatrix content = method.apply(texts);
        List<FeatureMatrix> members = IntStream.range(0, set.templates().size())
                .mapToObj(t -> content.select(
                        IntStream.range(t * classes, (t + 1) * classes).toArray()))
                .toList();
        return ZeroShotClassifier.of(FeatureMatrix.ensemble(members).withIds(dataset.classes()), 1);
    }

    /** Images of a domain that share a draw of noise: {@code from} inclusive to {@code to} exclusive. */
    private record Batch(int domain, int from, int to) {
        int[] places() {
            return IntStream.range(from, to).toArray();
        }
    }

    /** Like {@link #clean}, with new noise for each batch of images. */
    private List<List<int[]>> noisy(PromptSet set, List<Method> methods, List<List<FeatureMatrix>> mapped) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> texts = set.texts(dataset.classes());
        List<List<int[]>> predictions = methods.stream()
                .map(m -> images.stream().map(domain -> new int[domain.rows()]).toList())
                .toList();
        List<Batch> batches = batches();
        int atOnce = Math.max(1, NOISY_TEXTS_AT_ONCE / texts.size());
        for (int start = 0; start < batches.size(); start += atOnce) {
            List<Batch> group = batches.subList(start, Math.min(batches.size(), start + atOnce));
            FeatureMatrix encoded = encodeNoisy(texts, group.size(), random);
            for (int b = 0; b < group.size(); b++) {
                FeatureMatrix own = encoded.select(IntStream.range(b * texts.size(), (b + 1) * texts.size())
                        .toArray());
                for (int m = 0; m < methods.size(); m++) {
                    Batch batch = group.get(b);
                    FeatureMatrix rows = mapped.get(m).get(batch.domain).select(batch.places());
                    int[] predicted = classifier(set, methods.get(m), own).predict(rows);
                    System.arraycopy(predicted, 0, predictions.get(m).get(batch.domain), batch.from, predicted.length);
                }
            }
        }
        return predictions;
    }

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int d = 0; d < images.size(); d++) {
            int rows = images.get(d).rows();
            for (int from = 0; from < rows; from += noiseBatch) {
                batches.add(new Batch(d, from, Math.min(rows, from + noiseBatch)));
            }
        }
        return batches;
    }

    /** Encodes the texts once per batch; all texts of a batch share the same noise. */
    private FeatureMatrix encodeNoisy(List<String> texts, int batches, RandomGenerator random) {
        List<ContextText> noisy = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            float[][] noise = new float[NOISE_VECTORS][encoder.contextWidth()];
            for (float[] vector : noise) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = (float) (NOISE_DEVIATION * random.nextGaussian());
                }
            }
            texts.forEach(text -> noisy.add(new ContextText(text, noise, ContextPosition.FRONT)));
        }
        return encoder.encodeWithContext(noisy);
    }
}
