package dev.clap4j.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttacksTests {
    private static Attack one(String name) {
        return Attacks.parse(name).get(0);
    }

    @Test
    void namesAreReadAsTheyAreWritten() {
        List<Attack> attacks = Attacks.parse("fgsm, PGD, cw-7,apgd-ce,APGD-T-40,FAB-T,square,autoattack");

        assertThat(attacks)
                .extracting(Attack::name)
                .containsExactly(
                        "FGSM", "PGD-20", "CW-7", "APGD-CE-100", "APGD-T-40", "FAB-T-100", "Square-5000", "AutoAttack");
        attacks.forEach(attack -> assertThat(one(attack.name())).isEqualTo(attack));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pdg-20 | Unknown attack \"pdg-20\"; there are fgsm, pgd-20",
                "'' | Unknown attack \"\"",
                "pgd-0 | The attack \"pgd-0\" makes no step",
                "autoattack-9 | AutoAttack's numbers of steps are fixed, so \"autoattack-9\" is none",
                "fgsm-2 | FGSM makes one step, so \"fgsm-2\" is none",
                "pgd,pgd-20 | The attack PGD-20 is named twice in \"pgd,pgd-20\""
            })
    void mistakesAreExplained(String names, String message) {
        assertThatThrownBy(() -> Attacks.parse(names))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void strengthIsAPartialOrder() {
        assertThat(one("pgd-20").isStrongerThan(one("fgsm"))).isTrue();
        assertThat(one("cw-20").isStrongerThan(one("fgsm"))).isTrue();
        assertThat(one("pgd-40").isStrongerThan(one("pgd-20"))).isTrue();
        assertThat(one("apgd-ce").isStrongerThan(one("pgd-20"))).isTrue();
        assertThat(one("apgd-ce-10").isStrongerThan(one("pgd-20"))).isFalse();
        assertThat(one("apgd-t").isStrongerThan(one("cw-20"))).isTrue();
        assertThat(one("fgsm").isStrongerThan(new NoAttack(false))).isTrue();
        assertThat(one("cw-20").isStrongerThan(one("pgd-10"))).isFalse();
        assertThat(one("fgsm").isStrongerThan(one("fgsm"))).isFalse();
        assertThat(one("square-20").isStrongerThan(one("square-10"))).isTrue();
        assertThat(one("fab-t-20").isStrongerThan(one("square-10"))).isFalse();
        for (String part : List.of("pgd-100", "apgd-ce", "apgd-t", "fab-t", "square")) {
            assertThat(one("autoattack").isStrongerThan(one(part))).isTrue();
            assertThat(one(part).isStrongerThan(one("autoattack"))).isFalse();
        }
        assertThat(one("autoattack").isStrongerThan(one("pgd-200"))).isFalse();
    }

    @Test
    void autoAttackIsTheStandardFourInTheirOrder() {
        assertThat(((AutoAttack) one("autoattack")).attacks())
                .isEqualTo(Attacks.parse("apgd-ce-100,apgd-t-100,fab-t-100,square-5000"));
        assertThatThrownBy(() -> new AutoAttack(List.of(one("fgsm")))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void targetsNeedFourClasses() {
        assertThatThrownBy(() -> one("apgd-t").requireClasses(3))
                .isInstanceOf(ClapException.class)
                .hasMessage("APGD-T-100 compares the best 4 classes, but there are only 3; use APGD-CE instead");
        assertThatThrownBy(() -> one("autoattack").requireClasses(3)).hasMessageStartingWith("APGD-T-100 compares");
        assertThatThrownBy(() -> one("fab-t").requireClasses(1))
                .hasMessageStartingWith("FAB-T-100 needs another class");
        one("fab-t").requireClasses(2);
        one("square").requireClasses(2);
        one("apgd-t").requireClasses(4);
        one("apgd-ce").requireClasses(2);
    }

    @Test
    void evaluationsAreCounted() {
        assertThat(one("fgsm").evaluations(7)).isEqualTo(1);
        assertThat(one("pgd-20").evaluations(7)).isEqualTo(20);
        assertThat(one("apgd-ce-10").evaluations(7)).isEqualTo(12);
        assertThat(one("apgd-t-10").evaluations(7)).isEqualTo(67);
        assertThat(one("apgd-t-10").evaluations(100)).isEqualTo(100);
        assertThat(one("fab-t-10").evaluations(7)).isEqualTo(121);
        assertThat(one("square-10").evaluations(7)).isEqualTo(12);
        assertThat(one("autoattack").evaluations(100)).isEqualTo(102 + 910 + 1801 + 5002);
    }
}
