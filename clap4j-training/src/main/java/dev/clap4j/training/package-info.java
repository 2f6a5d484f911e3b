/** Training of CLAP heads on text alone: plan, encode, fit. */
package dev.clap4j.training;
