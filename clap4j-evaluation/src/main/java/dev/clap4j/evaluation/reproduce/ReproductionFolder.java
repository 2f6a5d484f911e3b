package dev.clap4j.evaluation.reproduce;

import dev.clap4j.evaluation.attack.AttackOptions.Classifier;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The folders of a reproduction.
 *
 * @param folder of all of them
 * @param start the treatment of existing runs
 */
record ReproductionFolder(Path folder, RunStart start) {
    /** A head's training. */
    Path head(HeadKind kind, long seed) {
        return folder.resolve("heads").resolve(kind.word() + "-" + seed);
    }

    Path zeroShot(long seed) {
        return of(seed).resolve("zeroshot");
    }

    Path fewShot(long seed) {
        return of(seed).resolve("fewshot");
    }

    Path attack(Classifier classifier, long seed) {
        return of(seed).resolve("attack-" + classifier.name().toLowerCase(Locale.ROOT));
    }

    Path maps(long seed) {
        return of(seed).resolve("tsne");
    }

    private Path of(long seed) {
        return folder.resolve("seed-" + seed);
    }

    /** The page for people. */
    Path report() {
        return folder.resolve("report.html");
    }

    /** Returns the start mode of an inner run: a resumed reproduction has some runs but not others. */
    RunStart start(Path run) {
        boolean exists = Files.exists(RunFolder.provenance(run));
        return start == RunStart.RESUME && !exists ? RunStart.NEW : start;
    }
}
