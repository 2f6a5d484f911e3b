/** Embeddings of LangChain4j, for texts and pictures. */
package dev.clap4j.langchain4j;
