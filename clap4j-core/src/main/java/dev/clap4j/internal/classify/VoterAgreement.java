package dev.clap4j.internal.classify;

import dev.clap4j.feature.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The answers of several voters about images. Voter v describes class c in style (v + c) mod S, so that no style is
 * shared by neighbouring classes and each voter is as good as the next; the consensus describes each class by the
 * ensemble of all styles.
 *
 * @param classes the number k of classes
 * @param votes {@code [n][S]}, class numbers
 * @param consensus {@code [n]}, class numbers
 * @param margins {@code [n]}, the consensus's best cosine less the second best
 */
record VoterAgreement(int classes, int[][] votes, int[] consensus, float[] margins) {
    /** An image whose reference is the consensus of the moment. */
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

    /** For the surer half of the images the consensus; {@link #FREE} for the others. */
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
     * Each image's share of voters that give the reference answer, the agreement expected by chance taken off and
     * scaled so that full agreement is 1 (Cohen 1960); all 0 if chance alone makes everyone agree.
     *
     * @param anchors references that are fixed, {@link #FREE} elsewhere
     * @return {@code [n]}, whose mean is κ
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
