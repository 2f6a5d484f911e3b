package dev.clap4j.evaluation.report;

import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.List;

/** The results of run directories, as an HTML page and as data. */
public final class Report {
    private final List<RunRecord> runs;
    private final List<Experiment> experiments;

    private Report(List<RunRecord> runs) {
        this.runs = runs;
        this.experiments = Experiment.of(runs);
    }

    /**
     * Reads runs.
     *
     * @param folders run directories, or folders that contain them
     * @throws dev.clap4j.ClapException if a folder has no runs, or a file of a run cannot be read
     */
    public static Report read(List<Path> folders) {
        return new Report(RunRecord.find(folders));
    }

    /**
     * The results of one model on one data set.
     *
     * @param model the model
     * @param data the data set
     * @param outcomes all metrics
     */
    public record Part(String model, String data, List<Outcome> outcomes) {
        /** Makes the list unmodifiable. */
        public Part {
            outcomes = List.copyOf(outcomes);
        }

        /** Returns the methods: CLIP, then others, then CLAP. */
        public List<String> methods() {
            return outcomes.stream()
                    .flatMap(outcome -> outcome.values().keySet().stream())
                    .distinct()
                    .sorted(MethodOrder.COMPARATOR)
                    .toList();
        }

        /**
         * Returns the methods that are compared with those before them: all variants of CLAP if there are any,
         * otherwise all heads.
         */
        public List<String> subjects() {
            List<String> heads = methods().stream()
                    .filter(method -> MethodOrder.rank(method) > 0)
                    .toList();
            List<String> clap = heads.stream().filter(MethodOrder::isClap).toList();
            return clap.isEmpty() ? heads : clap;
        }
    }

    /** Returns the results by model and data set. */
    public List<Part> parts() {
        return experiments.stream().map(Report::part).toList();
    }

    private static Part part(Experiment experiment) {
        return new Part(experiment.model(), experiment.data(), ExperimentOutcomes.of(experiment));
    }

    /**
     * Writes a self-contained HTML file.
     *
     * @throws dev.clap4j.ClapException if it cannot be written, or an image of a run cannot be read
     */
    public void write(Path file) {
        AtomicFiles.writeString(file, html());
    }

    String html() {
        StringBuilder body = new StringBuilder(Html.text("h1", "CLAP, measured"));
        for (Experiment experiment : experiments) {
            body.append(Html.text("h2", experiment.model() + " on " + experiment.data()))
                    .append(new SummaryPart(part(experiment), experiment.published()).html())
                    .append(ZeroShotPart.html(experiment.zeroShot()))
                    .append(FewShotPart.html(experiment.fewShot()))
                    .append(AttackPart.html(experiment.attacks()))
                    .append(TsnePart.html(experiment.maps()));
        }
        body.append(SweepPart.html(runs)).append(RunsPart.html(runs));
        return Html.page("clap4j: CLAP, measured", body.toString());
    }
}
