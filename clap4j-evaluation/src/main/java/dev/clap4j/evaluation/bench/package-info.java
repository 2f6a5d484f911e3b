/** How fast whole jobs are on this machine, beside what it can multiply. */
package dev.clap4j.evaluation.bench;
