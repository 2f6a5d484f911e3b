package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The predictions of several voters on images. Voter v represents class c by style (v + c) mod S, so that neighbouring
 * classes differ in style and all voters are equivalent; the consensus represents each class by the ensemble of all
 * styles.
 *
 * @param classes the number k of classes
 * @param votes {@code [n][S]}, class indices
 * @param consensus {@code [n]}, class indices
 * @param margins {@code [n]}, the best cosine of the consensus minus the second best
 */
record VoterAgreement(int classes, int[][] votes, int[] consensus, float[] margins) {
    /** Marks an image whose reference is the current consensus. */
    private static final int FREE = -1;

    static VoterAgreement of(List<FeatureMatrix> styles, FeatureMatrix images) {
        int classes = styles.get(0).rows();
        int n = images.rows();
        float[][] ensemble =
                ZeroShotClassifier.of(FeatureMatrix.ensemble(styles), 1).scores(images);
        int[] consensus =
                Arrays.stream(ensemble).mapToInt(ZeroShotClassifier::argMax).toArray();
        float[] margins = new float[n];
        for (int i = 0; i < n; i++) {
            margins[i] = margin(ensemble[i], consensus[i]);
        }
        List<float[][]> scores = styles.stream()
                .map(style -> ZeroShotClassifier.of(style, 1).scores(images))
                .toList();
        int[][] votes = new int[n][styles.size()];
        for (int i = 0; i < n; i++) {
            for (int voter = 0; voter < styles.size(); voter++) {
                votes[i][voter] = vote(scores, i, voter, classes);
            }
        }
        return new VoterAgreement(classes, votes, consensus, margins);
    }

    private static int vote(List<float[][]> scores, int image, int voter, int classes) {
        float[] mixed = new float[classes];
        for (int c = 0; c < classes; c++) {
            mixed[c] = scores.get((voter + c) % scores.size())[image][c];
        }
        return ZeroShotClassifier.argMax(mixed);
    }

    private static float margin(float[] scores, int best) {
        float second = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < scores.length; c++) {
            second = c == best ? second : Math.max(second, scores[c]);
        }
        return scores[best] - second;
    }

    /** Returns the consensus for the half of the images with the largest margins, and {@link #FREE} for the others. */
    int[] anchors() {
        int[] anchors = new int[consensus.length];
        Arrays.fill(anchors, FREE);
        IntStream.range(0, consensus.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -margins[i]))
                .limit(consensus.length / 2)
                .forEach(i -> anchors[i] = consensus[i]);
        return anchors;
    }

    /**
     * Returns, for each image, the proportion of voters that give the reference answer, corrected for chance so that
     * full agreement is 1 (Cohen 1960); all 0 if chance alone gives full agreement.
     *
     * @param anchors fixed references, {@link #FREE} elsewhere
     * @return {@code [n]}, whose mean is kappa
     */
    double[] beyondChance(int[] anchors) {
        int n = consensus.length;
        double[] agreement = new double[n];
        double[] referenceShare = new double[classes];
        double[] voteShare = new double[classes];
        for (int i = 0; i < n; i++) {
            int reference = anchors[i] == FREE ? consensus[i] : anchors[i];
            referenceShare[reference] += 1.0 / n;
            for (int vote : votes[i]) {
                agreement[i] += vote == reference ? 1.0 / votes[i].length : 0;
                voteShare[vote] += 1.0 / n / votes[i].length;
            }
        }
        double chance = IntStream.range(0, classes)
                .mapToDouble(c -> referenceShare[c] * voteShare[c])
                .sum();
        return Arrays.stream(agreement)
                .map(a -> chance > 1 - 1e-9 ? 0 : (a - chance) / (1 - chance))
                .toArray();
    }
}
