package dev.clap4j.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The section with the heads, the runs and the commands to repeat them. */
final class RunsPart {
    private RunsPart() {}

    static String html(List<RunRecord> runs) {
        return Html.text("h2", "What was run")
                + heads(runs.stream().filter(RunRecord::isTraining).toList())
                + again(runs)
                + provenance(runs);
    }

    private static String heads(List<RunRecord> heads) {
        if (heads.isEmpty()) {
            return "";
        }
        List<List<String>> rows = new ArrayList<>();
        for (RunRecord head : heads) {
            JsonNode options = head.run().path("options");
            rows.add(List.of(
                    Html.escape(String.valueOf(head.folder().getFileName())),
                    Html.escape(options.path("objective").asText()),
                    String.valueOf(options.path("classes").size()),
                    Html.escape(head.option("seed")),
                    Html.escape(head.option("latent")),
                    Html.escape(head.option("batch")),
                    Html.escape(head.option("lr")),
                    Html.escape(head.option("steps"))));
        }
        return Html.table(
                "The heads. All their options are in the records below.",
                List.of("Head", "Objective", "Classes", "Seed", "L", "Batch", "Learning rate", "Most steps"),
                rows);
    }

    private static String again(List<RunRecord> runs) {
        StringBuilder html = new StringBuilder(Html.text("p", "To run it again:"));
        runs.stream()
                .map(RunRecord::command)
                .filter(command -> !command.isEmpty())
                .distinct()
                .forEach(command -> html.append(Html.element("pre", Html.text("code", command))));
        return html.toString();
    }

    private static String provenance(List<RunRecord> runs) {
        StringBuilder html = new StringBuilder();
        for (RunRecord run : runs) {
            html.append("<details><summary>")
                    .append(Html.escape(run.folder().toString()))
                    .append("</summary>\n")
                    .append(Html.element("pre", Html.escape(run.run().toPrettyString())))
                    .append("</details>\n");
        }
        return Html.text("p", "The records of all runs: options, versions, fingerprints of models and images.") + html;
    }
}
