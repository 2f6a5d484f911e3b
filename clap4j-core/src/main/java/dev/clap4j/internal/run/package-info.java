/** What every kind of run shares: its folder, its log, what it says about itself, and its random numbers. */
package dev.clap4j.internal.run;
