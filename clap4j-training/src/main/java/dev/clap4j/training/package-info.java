/**
 * Training of heads in three stages: plan, encode and fit. CLAP trains on text alone; Im.Aug, its baseline, on
 * synthetic images.
 */
package dev.clap4j.training;
