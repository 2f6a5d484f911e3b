/** Report pages: self-contained HTML files that work offline, print well and do not rely on colour alone. */
package dev.clap4j.evaluation.report;
