package dev.clap4j.evaluation.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.attack.Attacks;
import dev.clap4j.attack.ThreatModel;
import dev.clap4j.evaluation.attack.AttackOptions.Classifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts and warnings on synthetic batches. */
class AttackWarningsTests {
    private static final AttackOptions OPTIONS = new AttackOptions(
            Attacks.parse("fgsm,pgd-20"), 0.031, ThreatModel.PIXEL, Classifier.ZEROSHOT, AttackOptions.ALL, 0);

    /** Four images of class 0, two in each of two domains; answers other than 0 are wrong. */
    private static List<AttackedBatch> batches(String attack, int zero, Integer... answers) {
        List<AttackedBatch> batches = new ArrayList<>();
        for (int d = 0; d < 2; d++) {
            List<Integer> own = List.of(answers[2 * d], answers[2 * d + 1]);
            batches.add(new AttackedBatch(
                    "CLIP",
                    "domain" + d,
                    attack,
                    0,
                    List.of("a", "b"),
                    List.of(0, 0),
                    Map.of("C", own),
                    d == 0 ? zero : 0,
                    List.of(8.0, 4.0),
                    List.of()));
        }
        return batches;
    }

    private static MethodRobustness count(
            List<AttackedBatch> clean, List<AttackedBatch> fgsm, List<AttackedBatch> pgd) {
        List<AttackedBatch> all = new ArrayList<>(clean);
        all.addAll(fgsm);
        all.addAll(pgd);
        return new Tally(all, List.of("domain0", "domain1")).count(AttackMethod.CLIP, OPTIONS.rows());
    }

    @Test
    void figuresAreCountedByHand() {
        MethodRobustness method =
                count(batches("none", 0, 0, 0, 0, 1), batches("FGSM", 0, 1, 0, 0, 0), batches("PGD-20", 0, 0, 1, 0, 1));

        assertThat(method.row("none").attacked().accuracy()).isEqualTo(Map.of("domain0", 100.0, "domain1", 50.0));
        assertThat(method.row("FGSM").attacked().mean()).isEqualTo(75);
        // Three were recognised; one of them fell. That another is recognised now is no failure of the attack.
        assertThat(method.row("FGSM").successRate()).isEqualTo(100.0 / 3);
        assertThat(method.row("FGSM").change()).isEqualTo(6);
        // Only the third image withstands both.
        assertThat(method.row("all attacks").attacked().accuracy()).isEqualTo(Map.of("domain0", 0.0, "domain1", 50.0));
        assertThat(method.row("all attacks").successRate()).isEqualTo(200.0 / 3);
    }

    @Test
    void whereNothingIsRecognisedThereIsNoRate() {
        MethodRobustness method =
                count(batches("none", 0, 1, 1, 1, 1), batches("FGSM", 0, 1, 1, 1, 1), batches("PGD-20", 0, 1, 1, 1, 1));

        assertThat(method.row("FGSM").successRate()).isNull();
        assertThat(AttackWarnings.of(List.of(method), OPTIONS, 4)).isEmpty();
    }

    @Test
    void strongAttacksThatDoLessAreDoubted() {
        MethodRobustness method =
                count(batches("none", 0, 0, 0, 0, 1), batches("FGSM", 0, 1, 1, 1, 1), batches("PGD-20", 0, 0, 0, 1, 1));

        assertThat(AttackWarnings.of(List.of(method), OPTIONS, 4))
                .containsExactly(
                        "CLIP recognises 2 of 4 images under PGD-20, but only 0 under the weaker FGSM: the stronger"
                                + " attack was not at its best, so its figure is too good to be true");
    }

    @Test
    void attacksThatHelpAreDoubted() {
        MethodRobustness method =
                count(batches("none", 0, 0, 1, 1, 1), batches("FGSM", 0, 0, 0, 1, 1), batches("PGD-20", 0, 0, 1, 1, 1));

        assertThat(AttackWarnings.of(List.of(method), OPTIONS, 4))
                .singleElement()
                .asString()
                .startsWith("CLIP recognises 2 of 4 images under FGSM, but only 1 under no attack at all");
    }

    @Test
    void blindAttacksAreDoubted() {
        MethodRobustness method =
                count(batches("none", 0, 0, 0, 0, 0), batches("FGSM", 0, 1, 1, 1, 1), batches("PGD-20", 2, 1, 1, 1, 1));

        assertThat(AttackWarnings.of(List.of(method), OPTIONS, 4))
                .containsExactly("The gradient of 2 of 4 images was zero everywhere at some step of PGD-20 on CLIP: the"
                        + " attack was blind there, and the accuracy under it says little about robustness");
    }
}
