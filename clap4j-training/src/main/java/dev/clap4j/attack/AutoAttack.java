package dev.clap4j.attack;

import java.util.List;

/**
 * AutoAttack (Croce and Hein 2020, Reliable evaluation of adversarial robustness with an ensemble of diverse
 * parameter-free attacks): several attacks one after another, each on the images that are still classified correctly.
 *
 * @param attacks the attacks in their order, none of them a {@link SignedGradient}, {@link NoAttack} or AutoAttack
 */
public record AutoAttack(List<Attack> attacks) implements Attack {
    /** Makes the list unmodifiable. */
    public AutoAttack {
        attacks = List.copyOf(attacks);
        if (attacks.isEmpty()
                || attacks.stream()
                        .anyMatch(each -> each instanceof SignedGradient
                                || each instanceof NoAttack
                                || each instanceof AutoAttack)) {
            throw new IllegalArgumentException(
                    "AutoAttack consists of APGD, FAB and Square attacks, at least one, not " + attacks);
        }
    }

    /** Returns the standard version: APGD-CE, APGD-T, FAB-T and Square. */
    public static AutoAttack standard() {
        return new AutoAttack(List.of(
                new AutoPgd(AutoPgd.Aim.CROSS_ENTROPY, AutoPgd.STANDARD_STEPS),
                new AutoPgd(AutoPgd.Aim.TARGETED, AutoPgd.STANDARD_STEPS),
                new TargetedFab(TargetedFab.STANDARD_STEPS),
                new SquareAttack(SquareAttack.STANDARD_QUERIES)));
    }

    @Override
    public String name() {
        return "AutoAttack";
    }

    @Override
    public int evaluations(int classes) {
        return attacks.stream().mapToInt(each -> each.evaluations(classes)).sum();
    }

    /** Than what one of its attacks is, or is stronger than. */
    @Override
    public boolean isStrongerThan(Attack other) {
        return attacks.stream().anyMatch(each -> each.equals(other) || each.isStrongerThan(other));
    }

    @Override
    public void requireClasses(int classes) {
        attacks.forEach(each -> each.requireClasses(classes));
    }
}
