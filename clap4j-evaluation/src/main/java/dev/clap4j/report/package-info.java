/** Reports on runs: tables as pivots of scores, comparisons of methods, charts, and self-contained HTML pages. */
package dev.clap4j.report;
