package dev.clap4j.internal.io;

/** Describes what is wrong within a file; the code that opened the file catches it and adds the path. */
final class MalformedFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedFile(String what) {
        super(what);
    }
}
