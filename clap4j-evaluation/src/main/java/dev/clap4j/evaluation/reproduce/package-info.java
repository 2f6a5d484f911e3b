/** The paper's whole protocol on one data set. */
package dev.clap4j.evaluation.reproduce;
