package dev.clap4j.attack;

/**
 * The baseline of attacks, which leaves images unchanged or only clamps them.
 *
 * @param clamped whether images are clamped to between 0 and 1, the cause of most of the change under the official
 *     threat model
 */
public record NoAttack(boolean clamped) implements Attack {
    @Override
    public String name() {
        return clamped ? "clamp only" : "none";
    }

    @Override
    public int evaluations(int classes) {
        return 0;
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        return false;
    }
}
