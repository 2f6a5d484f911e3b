package dev.clap4j.report;

import dev.clap4j.experiment.recipe.Samples.Sample;
import dev.clap4j.report.Chapter.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The HTML page of a report: the answer, the tables, plots and pictures behind it, and how to run it again. */
final class Page {
    /** The number of parts from which a list of contents helps. */
    private static final int MANY = 2;

    /** The beginning of every page's title. */
    static final String TITLE = "clap4j: ";

    private final Picture pictures = new Picture();
    private final StringBuilder contents = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private int headings;

    private Page() {}

    static String html(List<Chapter> chapters, List<SavedRun> runs, String answer) {
        Page page = new Page();
        chapters.forEach(page::chapter);
        page.heading("h2", "What was run");
        page.runs(runs);
        String list = page.headings > MANY ? "<nav><b>Contents</b>\n<ul>\n" + page.contents + "</ul></nav>\n" : "";
        String title = chapters.size() == 1 && chapters.get(0).runs().size() == 1
                ? "CLIP and CLAP, side by side"
                : "CLAP, measured";
        String lead = "<p class=\"lead\">" + Html.escape(answer) + "</p>\n";
        return Html.page(TITLE + title, Html.text("h1", title) + lead + list + page.body);
    }

    private void heading(String tag, String title) {
        headings++;
        body.append("<" + tag + " id=\"part-" + headings + "\">" + Html.escape(title) + "</" + tag + ">\n");
        contents.append(
                "<li class=\"" + tag + "\"><a href=\"#part-" + headings + "\">" + Html.escape(title) + "</a></li>\n");
    }

    private void chapter(Chapter chapter) {
        heading("h2", chapter.title());
        chapter.summary().forEach(table -> table(table, chapter.title()));
        chapter.pairs().forEach(table -> table(table, chapter.title()));
        chapter.runs().forEach(this::samples);
        for (Part part : chapter.parts()) {
            if (!part.title().isEmpty()) {
                heading("h3", part.title());
            }
            part.figures().values().forEach(figure -> body.append(Picture.plot(figure, figure.title())));
            part.all().forEach(table -> table(table, part.title()));
        }
        chapter.runs().forEach(this::pictures);
    }

    /** Adds a table, with its title if it is not that of the heading above. */
    private void table(ResultTable table, String heading) {
        if (!table.title().isEmpty() && !table.title().equals(heading)) {
            body.append(Html.text("h4", table.title()));
        }
        body.append(Format.HTML.text(table, 0)).append('\n');
    }

    private void pictures(SavedRun run) {
        if (!run.pictures().isEmpty()) {
            body.append("<details><summary>Pictures</summary>\n");
            run.pictures().forEach((file, caption) -> body.append(pictures.ofRun(run, file, caption)));
            body.append("</details>\n");
        }
    }

    private void samples(SavedRun run) {
        if (run.samples().isEmpty()) {
            return;
        }
        heading("h3", "Pictures nobody trained on");
        String shots = run.option("shots");
        body.append(Html.text(
                "p",
                "Drawn at random, not picked. Answers are those of the " + (shots.isEmpty() ? "few" : shots)
                        + "-shot probe of the picture's own domain; the pictures it was shown are not among these."));
        Map<String, List<Sample>> byDomain = run.samples().stream()
                .collect(Collectors.groupingBy(Sample::domain, LinkedHashMap::new, Collectors.toList()));
        byDomain.forEach((domain, samples) -> {
            body.append(Html.text("h4", domain)).append("<ul class=\"strip\">\n");
            samples.forEach(sample -> body.append("<li>")
                    .append(Picture.sample(run, sample.file(), sample.className() + ", " + sample.domain()))
                    .append("<b>" + Html.escape(sample.className()) + "</b>")
                    .append(answer("CLIP", sample.clip(), sample.className()))
                    .append(answer("CLAP", sample.clap(), sample.className()))
                    .append("</li>\n"));
            body.append("</ul>\n");
        });
    }

    private static String answer(String method, String answer, String truth) {
        boolean right = answer.equals(truth);
        return "<span class=\"" + (right ? "right" : "wrong") + "\">" + (right ? "✓ " : "✗ ") + method + ": "
                + Html.escape(answer) + "</span>";
    }

    private void runs(List<SavedRun> runs) {
        List<SavedRun> heads = runs.stream().filter(SavedRun::isTraining).toList();
        if (!heads.isEmpty()) {
            table(heads(heads), "");
        }
        List<String> commands = runs.stream()
                .map(SavedRun::command)
                .filter(command -> !command.isEmpty())
                .distinct()
                .toList();
        if (!commands.isEmpty()) {
            body.append(Html.text("p", "To run it again:"));
            commands.forEach(command -> body.append(Html.element("pre", Html.text("code", command))));
        }
        body.append(Html.text(
                "p", "The records of all runs: options, versions, fingerprints of models, heads and images."));
        for (SavedRun run : runs) {
            body.append("<details><summary>" + Html.escape(run.folder().toString()) + "</summary>\n"
                    + Html.element("pre", Html.escape(run.description().toPrettyString())) + "</details>\n");
        }
    }

    private static ResultTable heads(List<SavedRun> heads) {
        List<List<String>> rows = heads.stream()
                .map(head -> List.of(
                        String.valueOf(head.folder().getFileName()),
                        head.option("objective"),
                        String.valueOf(head.description().at("/options/classes").size()),
                        head.option("seed"),
                        head.option("latent"),
                        head.option("batch"),
                        head.option("lr"),
                        head.option("steps")))
                .toList();
        return new ResultTable(
                "",
                List.of("Head", "Objective", "Classes", "Seed", "L", "Batch", "Learning rate", "Most steps"),
                1,
                rows,
                "The heads. All their options are in the records below.");
    }
}
