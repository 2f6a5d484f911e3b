/** Commands that are killed at random moments and gone on with, which has to end as if nobody had disturbed them. */
package dev.clap4j.fuzz.kill;
