package dev.clap4j.evaluation.report;

/** The style sheet of report pages: dark on light, one column on phones, screen-only parts hidden in print. */
final class PageStyle {
    static final String CSS = """

            :root { color-scheme: light; }
            body { margin: 0; background: #fff; color: #1b1f24; line-height: 1.5;
              font-family: system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
            main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
            h1 { font-size: 1.8rem; line-height: 1.2; margin: 1rem 0; }
            h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid #d5d9de; padding-bottom: .25rem; }
            h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
            h4 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
            summary { cursor: pointer; overflow-wrap: anywhere; }
            .lead { font-size: 1.15rem; background: #f3f6f9; border-left: 4px solid #0072b2; padding: .75rem 1rem; }
            figure { margin: 1.5rem 0; }
            figcaption { color: #4a525b; font-size: .9rem; overflow-wrap: anywhere; }
            .chart { width: 100%; max-width: 36rem; height: auto; font-size: 13px; fill: #1b1f24; }
            .plot img { display: block; max-width: 100%; height: auto; }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .95rem; }
            table + table { margin-top: 1.25rem; }
            th, td { padding: .35rem .5rem; border-bottom: 1px solid #e4e7eb; text-align: right; vertical-align: top; }
            td { white-space: nowrap; }
            td i { font-style: normal; }
            .many td small, .many td i { display: block; }
            thead th { border-bottom: 2px solid #1b1f24; vertical-align: bottom; }
            tbody th { font-weight: 400; overflow-wrap: break-word; }
            tbody th, th.word { text-align: left; }
            tbody th:first-child { min-width: 6rem; }
            small { color: #4a525b; }
            .right { color: #00527f; font-weight: 600; }
            .wrong { color: #9a3b00; text-decoration: none; }
            .same { color: #4a525b; }
            .strip { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem;
              grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); }
            .strip li { border: 1px solid #d5d9de; border-radius: 6px; padding: .6rem; display: flex;
              flex-direction: column; font-size: .9rem; break-inside: avoid; overflow-wrap: anywhere; }
            .strip img { width: 100%; aspect-ratio: 1; object-fit: contain; image-rendering: pixelated;
              margin-bottom: .4rem; }
            pre { background: #f3f6f9; padding: .75rem 1rem; overflow-x: auto; white-space: pre-wrap; }
            @media screen and (max-width: 60rem) {
              table { font-size: .85rem; }
              th, td { padding: .3rem .35rem; }
              td { white-space: normal; }
              td small, td i { display: block; }
            }
            @media screen and (max-width: 40rem) {
              main { padding: .5rem .75rem 2rem; }
              .broad { overflow-x: auto; }
              .broad img { max-width: none; width: 40rem; }
              table, tbody, tr, tbody th, td { display: block; }
              thead { display: none; }
              tr { border-bottom: 1px solid #b4bac2; padding: .4rem 0; }
              tbody th, td { border: 0; padding: .1rem 0; }
              tbody th { display: inline; font-weight: 600; }
              tbody th + th::before { content: ", "; }
              td { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0 .4rem; }
              td::before { content: attr(data-of); text-align: left; margin-right: auto; color: #4a525b; }
              td:empty { display: none; }
              .strip { grid-template-columns: repeat(2, 1fr); }
            }
            @media print {
              body { font-size: 10pt; }
              main { max-width: none; padding: 0; }
              .table { overflow: visible; }
              th, td { padding: .15rem .3rem; font-size: 8.5pt; }
              td { white-space: normal; }
              thead { display: table-header-group; }
              .lead { font-size: 1rem; }
              .chart { max-width: 11cm; }
              .plot img { max-height: 11cm; width: auto; }
              .strip { grid-template-columns: repeat(6, 1fr); }
              .lead, .plot, .table figcaption, tr, li, pre { break-inside: avoid; }
              h2, h3, h4, .table figcaption, thead { break-after: avoid; }
              tbody tr:last-child { break-before: avoid; }
              h2 { margin-top: 1.5rem; }
            }
            """;

    private PageStyle() {}
}
