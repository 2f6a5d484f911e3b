/** CLIP models ready for use: texts and images in, features out. */
package dev.clap4j.internal.clip;
