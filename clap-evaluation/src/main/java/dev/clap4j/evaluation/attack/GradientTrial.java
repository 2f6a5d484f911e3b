package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.AttackListener;
import dev.clap4j.attack.Attacks;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Dataset;
import dev.clap4j.io.TemporaryFolder;
import dev.clap4j.run.RunStart;
import java.util.List;

/** How long attacks take, found out with a few images. */
public final class GradientTrial {
    /** The first step, which also makes things ready, is not counted. */
    private static final String STEPS = "pgd-3";

    private GradientTrial() {}

    /**
     * The seconds that the gradient of one image takes among as many as are attacked together.
     *
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    public static double seconds(ClipModel clip, Dataset dataset, AttackOptions options) {
        Dataset some =
                new Dataset(dataset.root(), dataset.classes(), dataset.domains().subList(0, 1));
        AttackOptions trial = new AttackOptions(
                Attacks.parse(STEPS),
                options.epsilon(),
                options.threat(),
                AttackOptions.Classifier.ZEROSHOT,
                Math.min(options.limit(), AttackBatch.MOST_IMAGES),
                options.seed());
        Stopwatch watch = new Stopwatch();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            new AttackProtocol(clip, some, List.of(AttackMethod.CLIP), trial, watch)
                    .run(folder.path(), RunStart.NEW, "");
        }
        return watch.seconds();
    }

    private static final class Stopwatch implements AttackListener {
        private long first;
        private long last;
        private long counted;

        @Override
        public void computed(long gradients) {
            last = System.nanoTime();
            if (first == 0) {
                first = last;
            } else {
                counted += gradients;
            }
        }

        double seconds() {
            return counted == 0 ? 0 : (last - first) / 1e9 / counted;
        }
    }
}
