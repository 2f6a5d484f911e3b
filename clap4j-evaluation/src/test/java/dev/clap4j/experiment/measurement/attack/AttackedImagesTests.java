package dev.clap4j.experiment.measurement.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Measure;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.attack.AttackOptions.Classifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scores and warnings of synthetic batches. */
class AttackedImagesTests {
    private static final AttackOptions OPTIONS = new AttackOptions(
            Attacks.parse("fgsm,pgd-20"), 0.031, ThreatModel.PIXEL, Classifier.ZEROSHOT, AttackOptions.ALL, 0);
    private static final AttackOptions.Measures MEASURES = OPTIONS.classifier().measures();
    private static final Condition CLIP =
            Condition.NONE.with(Condition.METHOD, "CLIP").with(Condition.SEED, 1);

    /** Four images, two in each of two domains. */
    private static List<ImageValues> images(String attack, double zero, double... correct) {
        List<ImageValues> images = new ArrayList<>();
        for (int d = 0; d < 2; d++) {
            Condition condition = CLIP.with(Condition.ATTACK, attack)
                    .with(Condition.PROMPT, "C")
                    .with(Condition.DOMAIN, "domain" + d);
            double[] own = {correct[2 * d], correct[2 * d + 1]};
            images.add(ImageValues.of(MEASURES.accuracy(), condition, own));
            images.add(
                    ImageValues.of(MEASURES.accuracy(), condition.with(Condition.PROMPT, "PC"), new double[] {1, 1}));
            images.add(ImageValues.of(MEASURES.change(), condition, new double[] {8, 4}));
            images.add(ImageValues.of(
                    MEASURES.zeroGradients(), condition, d == 0 ? new double[] {zero, zero} : new double[2]));
        }
        return images;
    }

    private static List<Score> scores(List<ImageValues> clean, List<ImageValues> fgsm, List<ImageValues> pgd) {
        List<ImageValues> all = new ArrayList<>(clean);
        all.addAll(fgsm);
        all.addAll(pgd);
        return AttackedImages.of(all, OPTIONS).scores();
    }

    private static List<Double> values(List<Score> scores, Measure measure, String attack) {
        return scores.stream()
                .filter(score -> score.measure().equals(measure)
                        && score.condition().get(Condition.PROMPT).equals("C")
                        && score.condition().get(Condition.ATTACK).equals(attack))
                .map(Score::value)
                .toList();
    }

    private static List<String> warnings(List<Score> scores) {
        return new Robustness(OPTIONS).warnings(scores);
    }

    @Test
    void scoresAreCountedByHand() {
        List<Score> scores =
                scores(images("none", 0, 1, 1, 1, 0), images("FGSM", 0, 0, 1, 1, 1), images("PGD-20", 0, 1, 0, 1, 0));

        assertThat(values(scores, MEASURES.accuracy(), "none")).containsExactly(100.0, 50.0);
        assertThat(values(scores, MEASURES.accuracy(), "FGSM")).containsExactly(50.0, 100.0);
        // Three were recognised; one of them fell. That another is recognised now is no failure of the attack.
        assertThat(values(scores, MEASURES.success(), "none")).isEmpty();
        assertThat(values(scores, MEASURES.success(), "FGSM")).containsExactly(100.0 / 3);
        assertThat(values(scores, MEASURES.change(), "FGSM")).containsExactly(6.0);
        // Only the third image withstands both.
        assertThat(values(scores, MEASURES.accuracy(), "all attacks")).containsExactly(0.0, 50.0);
        assertThat(values(scores, MEASURES.success(), "all attacks")).containsExactly(200.0 / 3);
    }

    @Test
    void whereNothingIsRecognisedThereIsNoSuccess() {
        List<Score> scores =
                scores(images("none", 0, 0, 0, 0, 0), images("FGSM", 0, 0, 0, 0, 0), images("PGD-20", 0, 0, 0, 0, 0));

        assertThat(values(scores, MEASURES.success(), "FGSM")).isEmpty();
        assertThat(warnings(scores)).isEmpty();
    }

    @Test
    void strongAttacksThatDoLessAreDoubted() {
        List<Score> scores =
                scores(images("none", 0, 1, 1, 1, 0), images("FGSM", 0, 0, 0, 0, 0), images("PGD-20", 0, 1, 1, 0, 0));

        assertThat(warnings(scores))
                .containsExactly(
                        "The accuracy of CLIP is 50.00 % under PGD-20, but only 0.00 % under the weaker FGSM: the"
                                + " stronger attack was not at its best, so its figure is too good to be true");
    }

    @Test
    void attacksThatHelpAreDoubted() {
        List<Score> scores =
                scores(images("none", 0, 1, 0, 0, 0), images("FGSM", 0, 1, 1, 0, 0), images("PGD-20", 0, 1, 0, 0, 0));

        assertThat(warnings(scores))
                .singleElement()
                .asString()
                .startsWith("The accuracy of CLIP is 50.00 % under FGSM, but only 25.00 % under no attack at all");
    }

    @Test
    void blindAttacksAreDoubted() {
        List<Score> scores =
                scores(images("none", 0, 1, 1, 1, 1), images("FGSM", 0, 0, 0, 0, 0), images("PGD-20", 1, 0, 0, 0, 0));

        assertThat(warnings(scores))
                .containsExactly(
                        "The gradient of 50.00 % of the images was zero everywhere at some step of PGD-20 on CLIP:"
                                + " the attack was blind there, and the accuracy under it says little about robustness");
    }
}
