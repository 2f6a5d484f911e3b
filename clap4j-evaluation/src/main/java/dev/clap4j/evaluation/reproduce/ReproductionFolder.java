package dev.clap4j.evaluation.reproduce;

import dev.clap4j.evaluation.attack.AttackOptions.Classifier;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.internal.run.RunStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where the runs of a reproduction are.
 *
 * @param folder of all of them
 * @param start what to do with runs that are there
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

    /** How a run inside starts: where an interrupted reproduction goes on, some runs are there and others are not. */
    RunStart start(Path run) {
        boolean exists = Files.exists(RunFolder.provenance(run));
        return start == RunStart.RESUME && !exists ? RunStart.NEW : start;
    }
}
