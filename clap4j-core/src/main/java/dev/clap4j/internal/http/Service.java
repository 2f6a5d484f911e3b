package dev.clap4j.internal.http;

/**
 * A kind of server, and the terms in which its faults are explained.
 *
 * @param name the server: {@code language model}
 * @param path the path of its requests, with a slash: {@code /chat/completions}
 * @param answer an answer, with its article: {@code a chat completion}
 * @param example an address of such a server
 * @param mostBytes the most bytes of an answer
 */
public record Service(String name, String path, String answer, String example, int mostBytes) {}
