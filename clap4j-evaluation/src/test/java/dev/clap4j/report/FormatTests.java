package dev.clap4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FormatTests {
    private static final ResultTable TABLE = new ResultTable(
            "mini_clip & co",
            List.of("Measure", "CLIP", "R", "CLAP", "95 % interval", "CLAP is"),
            1,
            List.of(
                    List.of("Δ(NC) ↓, \"noise\"", "9.04", "", "7.99 ± 0.12", "-2.06 … -0.09", "better"),
                    List.of("<b>|_x_", "2.11", "", "1.33", "", "within noise")),
            "In %; α chosen.");

    @Test
    void everyRowFitsTheColumns() {
        assertThatThrownBy(() -> new ResultTable("", List.of("a", "b"), 1, List.of(List.of("1")), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("[a, b] does not fit [1]");
    }

    @Test
    void commaSeparatedValuesAreQuotedWhereNeeded() {
        assertThat(Format.CSV.text(TABLE, 10))
                .isEqualTo("Measure,CLIP,CLAP,CLAP ±,\"95 % interval, low\",\"95 % interval, high\",CLAP is\r\n"
                        + "\"Δ(NC) ↓, \"\"noise\"\"\",9.04,7.99,0.12,-2.06,-0.09,better\r\n"
                        + "<b>|_x_,2.11,1.33,,,,within noise");
    }

    @Test
    void namesThatLookLikeTwoNumbersAreNotSplit() {
        ResultTable table = new ResultTable("", List.of("n", "v"), 1, List.of(List.of("1 ± 2", "a ± b")), "");
        assertThat(Format.CSV.text(table, 0)).isEqualTo("n,v\r\n1 ± 2,a ± b");
    }

    @Test
    void markdownHasNoMarkupOfItsOwn() {
        assertThat(Format.MARKDOWN.text(TABLE, 10).lines())
                .containsExactly(
                        "### mini\\_clip \\& co",
                        "",
                        "| Measure | CLIP | CLAP | 95 % interval | CLAP is |",
                        "| :--- | ---: | ---: | ---: | ---: |",
                        "| Δ(NC) ↓, \"noise\" | 9.04 | 7.99 ± 0.12 | -2.06 … -0.09 | better |",
                        "| \\<b\\>\\|\\_x\\_ | 2.11 | 1.33 |  | within noise |",
                        "",
                        "In %; α chosen.");
    }

    @Test
    void latexIsReadyForAPaper() {
        assertThat(Format.LATEX.text(TABLE, 10).lines().map(String::strip))
                .containsExactly(
                        "\\begin{table}",
                        "\\centering",
                        "\\caption{mini\\_clip \\& co. In \\%; $\\alpha$ chosen.}",
                        "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
                        "\\begin{tabular}{lrrrr}",
                        "\\toprule",
                        "Measure & CLIP & CLAP & 95 \\% interval & CLAP is \\\\",
                        "\\midrule",
                        "$\\Delta$(NC) $\\downarrow$, \"noise\" & 9.04 & 7.99 $\\pm$ 0.12 & $-$2.06 \\dots{} $-$0.09 & better \\\\",
                        "\\textless{}b\\textgreater{}|\\_x\\_ & 2.11 & 1.33 &  & within noise \\\\",
                        "\\bottomrule",
                        "\\end{tabular}}",
                        "\\end{table}");
    }

    @Test
    void captionsOfSeveralLinesBecomeOne() {
        ResultTable table = new ResultTable("", List.of("A", "B"), 1, List.of(List.of("a", "1")), "in %\nα chosen");
        assertThat(Format.LATEX.text(table, 10)).contains("\\caption{in \\%; $\\alpha$ chosen}");
        assertThat(Format.MARKDOWN.text(table, 10)).endsWith("\n\nin %; α chosen");
    }

    @Test
    void htmlIsEscapedAndSplitIntoNarrowTables() {
        String html = Format.HTML.text(TABLE, 10);
        assertThat(html)
                .contains("<figcaption>In %; α chosen.</figcaption>", "&lt;b&gt;|_x_")
                .contains("<td data-of=\"CLAP\">7.99 <small>±\u00a00.12</small></td>")
                .contains(
                        "<span class=\"right\">✓\u00a0better</span>", "<span class=\"same\">≈\u00a0within noise</span>")
                .doesNotContain("<b>");

        List<String> many = List.of("n", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(Format.HTML.text(new ResultTable("", many, 1, List.of(many), ""), 0))
                .containsOnlyOnce("<th scope=\"row\">n</th><td data-of=\"1\">")
                .containsOnlyOnce("<th scope=\"row\">n</th><td data-of=\"6\">");
    }

    @Test
    void controlCharactersAreVisible() {
        ResultTable table = new ResultTable("", List.of("a"), 1, List.of(List.of("\u001b[2J\n")), "");
        for (Format format : List.of(Format.TERMINAL, Format.MARKDOWN, Format.LATEX, Format.HTML)) {
            assertThat(format.text(table, 80)).doesNotContain("\u001b").contains("u001b");
        }
    }
}
