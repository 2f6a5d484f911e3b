package dev.clap4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Bytes of UTF-8 text, handed on line by line. */
final class LineStream extends OutputStream {
    private final Writer writer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineStream(Writer writer) {
        this.writer = writer;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        line.write(b);
        if (b == '\n') {
            writer.write(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }
}
