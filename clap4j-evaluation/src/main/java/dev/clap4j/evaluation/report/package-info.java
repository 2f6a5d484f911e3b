/** Report pages: one HTML file each, which needs no network, prints well and does not tell by colour alone. */
package dev.clap4j.evaluation.report;
