/** Kills commands at random moments and resumes them, which must end as if they had not been disturbed. */
package dev.clap4j.fuzz.kill;
