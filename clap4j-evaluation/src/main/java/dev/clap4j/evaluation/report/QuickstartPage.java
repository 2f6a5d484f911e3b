package dev.clap4j.evaluation.report;

import dev.clap4j.evaluation.Spread;
import dev.clap4j.evaluation.quickstart.Comparison;
import dev.clap4j.evaluation.quickstart.DomainScores;
import dev.clap4j.evaluation.quickstart.PlainSummary;
import dev.clap4j.evaluation.quickstart.QuickstartMetric;
import dev.clap4j.evaluation.quickstart.QuickstartReport;
import dev.clap4j.evaluation.quickstart.QuickstartReport.Setting;
import dev.clap4j.evaluation.quickstart.QuickstartReport.TrainedHead;
import dev.clap4j.evaluation.quickstart.Sample;
import dev.clap4j.internal.io.AtomicFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The quickstart's HTML report: results, settings and how to repeat the run. */
public final class QuickstartPage {
    private static final List<QuickstartMetric> CHARTED = List.of(
            QuickstartMetric.FEW_SHOT_WHOLE,
            QuickstartMetric.FEW_SHOT_ACROSS,
            QuickstartMetric.MIXED_UNSEEN,
            QuickstartMetric.VARIANCE_CLASS,
            QuickstartMetric.VARIANCE_TYPE,
            QuickstartMetric.ZERO_SHOT_UNSEEN,
            QuickstartMetric.ZERO_SHOT_SEEN);

    private QuickstartPage() {}

    /**
     * Writes the page.
     *
     * @param command the command that repeats the experiment
     * @throws dev.clap4j.ClapException if the file cannot be written, or a sample image cannot be read
     */
    public static void write(Path file, QuickstartReport report, String command) {
        AtomicFiles.writeString(file, html(report, command));
    }

    static String html(QuickstartReport report, String command) {
        String body = Html.text("h1", "CLIP and CLAP, side by side")
                + "<p class=\"lead\">" + Html.escape(PlainSummary.of(report)) + "</p>\n"
                + chart(report)
                + comparisons(report)
                + samples(report)
                + domains(report)
                + run(report, command);
        return Html.page("clap4j: CLIP and CLAP, side by side", body);
    }

    private static String chart(QuickstartReport report) {
        BarChart chart = new BarChart("CLIP", "CLAP");
        CHARTED.stream()
                .map(report::of)
                .flatMap(Stream::ofNullable)
                .forEach(row -> chart.add(
                        row.title() + lessIsBetter(row),
                        row.clip(),
                        row.clap().mean(),
                        row.clap().whisker()));
        return "<figure>" + chart.svg("Bars of CLIP and CLAP in each measure; the numbers are in the table below")
                + Html.text("figcaption", "Percent" + spread(report) + ".") + "</figure>\n";
    }

    private static String comparisons(QuickstartReport report) {
        List<List<String>> rows = report.comparisons().stream()
                .map(row -> List.of(
                        Html.escape(row.title() + lessIsBetter(row)),
                        Cells.number(row.clip(), 2),
                        Cells.spread(row.clap(), 2),
                        Cells.difference(row.difference(), 2),
                        Cells.verdict(row.difference())))
                .toList();
        return Html.text("h2", "All measures")
                + Html.table(
                        "Percent and percentage points" + spread(report)
                                + ". In brackets the 95 % interval of the difference: by bootstrap over the pictures, for"
                                + " shares of variance by Student's t over heads. Within noise: it holds 0.",
                        List.of("Measure", "CLIP", "CLAP", "Difference", "CLAP is"),
                        rows);
    }

    private static String spread(QuickstartReport report) {
        int heads = report.heads().size();
        return heads == 1 ? "; one head" : "; " + Spread.legend(heads, "heads");
    }

    private static String lessIsBetter(Comparison row) {
        return row.measure().higherIsBetter() ? "" : " (less is better)";
    }

    private static String samples(QuickstartReport report) {
        if (report.samples().isEmpty()) {
            return "";
        }
        Map<String, List<Sample>> byDomain = report.samples().stream()
                .collect(Collectors.groupingBy(Sample::domain, LinkedHashMap::new, Collectors.toList()));
        StringBuilder html = new StringBuilder(Html.text("h2", "Pictures nobody trained on"));
        html.append(Html.text(
                "p",
                "Drawn at random, not picked. Answers are those of the "
                        + report.setting().shots()
                        + "-shot probe of the picture's own domain; the pictures it was shown are not among these."));
        byDomain.forEach((domain, samples) -> {
            html.append(Html.text("h3", domain)).append("<ul class=\"strip\">\n");
            samples.forEach(sample -> html.append(sample(sample)));
            html.append("</ul>\n");
        });
        return html.toString();
    }

    private static String sample(Sample sample) {
        return "<li><img src=\"" + Picture.dataUri(Path.of(sample.file())) + "\" alt=\""
                + Html.escape(sample.className() + ", " + sample.domain()) + "\"/>"
                + "<b>" + Html.escape(sample.className()) + "</b>"
                + answer("CLIP", sample.clip(), sample.clipIsRight())
                + answer("CLAP", sample.clap(), sample.clapIsRight()) + "</li>\n";
    }

    private static String answer(String method, String answer, boolean right) {
        return "<span class=\"" + (right ? "right" : "wrong") + "\">" + (right ? "✓ " : "✗ ") + method + ": "
                + Html.escape(answer) + "</span>";
    }

    private static String domains(QuickstartReport report) {
        List<String> names = report.domains().stream()
                .flatMap(domain -> domain.figures().stream())
                .map(DomainScores.Score::name)
                .distinct()
                .toList();
        List<String> titles = new ArrayList<>(List.of("Domain", "Images"));
        titles.addAll(names);
        List<List<String>> rows = report.domains().stream()
                .map(domain -> {
                    List<String> cells = new ArrayList<>();
                    cells.add(Html.escape(domain.domain() + (domain.seen() ? " (seen)" : " (unseen)")));
                    cells.add(String.valueOf(domain.images()));
                    names.forEach(name -> cells.add(cell(domain, name)));
                    return cells;
                })
                .map(List::copyOf)
                .toList();
        return Html.text("h2", "Domain by domain")
                + Html.table("Accuracy in percent: CLIP → CLAP, the mean over heads.", titles, rows);
    }

    private static String cell(DomainScores domain, String name) {
        return domain.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .map(figure -> String.format(
                        Locale.ROOT, "%.1f <i>→" + Cells.SPACE + "%.1f</i>", figure.clip(), figure.clap()))
                .findFirst()
                .orElse("");
    }

    private static String run(QuickstartReport report, String command) {
        Setting setting = report.setting();
        String text = String.format(
                Locale.ROOT,
                "Model %s (%s). %d heads were trained on the names of %d classes alone: %d template prompts of each class,"
                        + " at most %d steps of %d prompts, learning rate %s. Their values of α were chosen on the %d images"
                        + " of the domains the model knows (%s). Then both were measured, also on %d images of domains"
                        + " nothing was trained on or chosen by (%s), in %d kinds of picture. Probes are means over %d"
                        + " draws of labelled images, mixed templates over %d draws of prompts; seed %d.",
                setting.model(),
                setting.fingerprint(),
                report.heads().size(),
                setting.classes().size(),
                setting.promptsPerClass(),
                setting.steps(),
                setting.batchSize(),
                setting.learningRate(),
                setting.seenImages(),
                String.join(", ", setting.seenDomains()),
                setting.unseenImages(),
                String.join(", ", setting.unseenDomains()),
                setting.imageTypes().size(),
                setting.supportDraws(),
                setting.templateDraws(),
                setting.seed());
        return Html.text("h2", "What was run")
                + Html.text("p", text)
                + Html.text(
                        "p",
                        "A labelled picture and another one of the same domain can be two versions of one drawing, which"
                                + " makes the first two measures easier than real few-shot learning; from one domain to"
                                + " the others they are different drawings. The 95 % intervals tell about other pictures"
                                + " of this kind, not about other models.")
                + heads(report.heads())
                + Html.text("p", "To run it again:")
                + Html.element("pre", Html.text("code", command));
    }

    private static String heads(List<TrainedHead> heads) {
        return Html.table(
                "The heads, and their values of α for zero-shot, mixed templates and few-shot.",
                List.of("Seed", "Steps", "Loss", "α zero-shot", "α mixed", "α few-shot"),
                heads.stream()
                        .map(head -> List.of(
                                String.valueOf(head.seed()),
                                String.valueOf(head.steps()),
                                String.format(Locale.ROOT, "%.4f", head.loss()),
                                String.valueOf(head.alphas().zeroShot()),
                                String.valueOf(head.alphas().mixedTemplates()),
                                String.valueOf(head.alphas().fewShot())))
                        .toList());
    }
}
