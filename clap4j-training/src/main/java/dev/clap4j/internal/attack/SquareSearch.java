package dev.clap4j.internal.attack;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The Square attack (Andriushchenko et al. 2020, algorithms 1 and 2, L∞): random search by scores alone. It starts from
 * vertical stripes of plus or minus epsilon. Every query sets a square of each colour to plus or minus epsilon, and is
 * kept if that lowers the margin between the true class and the best other class. An image that is misclassified is
 * finished.
 */
final class SquareSearch {
    /** The share of the image that the first squares cover. */
    private static final double FIRST_SHARE = 0.8;

    /** After these queries squares cover half as much; the number of queries does not change them, as in AutoAttack. */
    private static final int[] HALVINGS = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

    private static final int COLOURS = 3;

    private final AttackTask task;
    private final int queries;
    private final int width;
    private final float[] images;
    private final float[] margin;
    private final boolean[] wrong;

    SquareSearch(AttackTask task, int queries) {
        this.task = task;
        this.queries = queries;
        this.width = (int) Math.sqrt(task.values() / (double) COLOURS);
        this.images = new float[task.ball().centre().length];
        this.margin = new float[task.labels().length];
        this.wrong = new boolean[task.labels().length];
    }

    /** Makes queries until all images are misclassified or none are left. */
    Round.Found run() {
        begin();
        for (int query = 0; query < queries; query++) {
            int[] open = Labels.unmarked(wrong);
            if (open.length == 0) {
                break;
            }
            int side = side(query);
            float[] tried = task.gather(images, open);
            for (int k = 0; k < open.length; k++) {
                square(tried, k * task.values(), open[k], side);
            }
            judge(tried, open);
        }
        return new Round.Found(images, wrong, new boolean[wrong.length]);
    }

    /** Returns the side of the squares of a query. */
    private int side(int query) {
        double share = FIRST_SHARE;
        for (int halving : HALVINGS) {
            share /= query > halving ? 2 : 1;
        }
        return Math.max(1, (int) Math.round(Math.sqrt(share) * width));
    }

    private void begin() {
        int[] all = IntStream.range(0, wrong.length).toArray();
        float[] striped = new float[images.length];
        for (int image : all) {
            for (int colour = 0; colour < COLOURS; colour++) {
                int plane = image * task.values() + colour * width * width;
                for (int column = 0; column < width; column++) {
                    float change = change(image);
                    for (int row = 0; row < width; row++) {
                        int i = plane + row * width + column;
                        striped[i] = task.ball().project(i, task.ball().centre()[i] + change);
                    }
                }
            }
        }
        Arrays.fill(margin, Float.POSITIVE_INFINITY);
        judge(striped, all);
    }

    /** Draws plus or minus epsilon. */
    private float change(int image) {
        return (float)
                (task.random().get(image).nextBoolean()
                        ? task.ball().epsilon()
                        : -task.ball().epsilon());
    }

    /**
     * Sets a random square of each colour, at the same place.
     *
     * @param tried the images of the query
     * @param from the index of the image's first value there
     */
    private void square(float[] tried, int from, int image, int side) {
        RandomGenerator random = task.random().get(image);
        int top = random.nextInt(width - side + 1);
        int left = random.nextInt(width - side + 1);
        for (int colour = 0; colour < COLOURS; colour++) {
            float change = 2 * change(image);
            for (int row = top; row < top + side; row++) {
                for (int column = left; column < left + side; column++) {
                    int i = (colour * width + row) * width + column;
                    tried[from + i] = task.ball().project(image * task.values() + i, tried[from + i] + change);
                }
            }
        }
    }

    /** Keeps what lowers the margin of an image. */
    private void judge(float[] tried, int[] open) {
        AttackTask part = task.part(open);
        float[] scores = part.scores(tried);
        float[] margins = Labels.margins(scores, part.labels());
        boolean[] wrongNow = Labels.wrong(scores, part.labels());
        for (int k = 0; k < open.length; k++) {
            if (margins[k] < margin[open[k]]) {
                margin[open[k]] = margins[k];
                wrong[open[k]] = wrongNow[k];
                System.arraycopy(tried, k * task.values(), images, open[k] * task.values(), task.values());
            }
        }
    }
}
