package dev.clap4j.attack;

/**
 * The Square attack (Andriushchenko et al. 2020), part of AutoAttack: random search by scores alone, without gradients,
 * which shows whether other attacks are misled by these. Images that are already misclassified are left unchanged, and no
 * image is attacked further once it is misclassified.
 *
 * @param queries the number of random changes that are tried, at least 1
 */
public record SquareAttack(int queries) implements Attack {
    /** The number of queries in AutoAttack. */
    public static final int STANDARD_QUERIES = 5000;

    @Override
    public String name() {
        return "Square-" + queries;
    }

    /** The original image and the first stripes are evaluated as well. */
    @Override
    public int evaluations(int classes) {
        return 2 + queries;
    }

    @Override
    public boolean isStrongerThan(Attack other) {
        return other instanceof NoAttack || (other instanceof SquareAttack that && queries > that.queries);
    }
}
