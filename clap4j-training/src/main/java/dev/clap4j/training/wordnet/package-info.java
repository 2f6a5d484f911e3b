/** WordNet's synonyms. */
package dev.clap4j.training.wordnet;
