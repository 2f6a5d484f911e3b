package dev.clap4j.cli;

import dev.clap4j.internal.io.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text on its way to a person: whatever in the name of a file or a class, or in what a server said, could steer a terminal
 * is shown as {@code \\u001b}, see {@link Names#printable}. Within JSON that is the same text.
 */
final class PrintableWriter extends Writer {
    private static final String LINE_END = "\r\n";

    private final Writer writer;
    private String held = "";

    PrintableWriter(Writer writer) {
        this.writer = writer;
    }

    @Override
    public void write(char[] characters, int start, int count) throws IOException {
        String text = held + new String(characters, start, count);
        // The two halves of a character, and of the end of a line, may come one by one.
        int whole = text.length();
        if (whole > 0 && (Character.isHighSurrogate(text.charAt(whole - 1)) || text.charAt(whole - 1) == '\r')) {
            whole--;
        }
        held = text.substring(whole);
        String shown = Stream.of(text.substring(0, whole).split(LINE_END, -1))
                .map(Names::printable)
                .collect(Collectors.joining(LINE_END));
        writer.write(shown);
    }

    /** Returns a stream of UTF-8 text, which is handed on line by line. */
    PrintStream stream() {
        OutputStream lines = new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public synchronized void write(int b) throws IOException {
                line.write(b);
                if (b == '\n') {
                    PrintableWriter.this.write(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                }
            }
        };
        return new PrintStream(lines, true, StandardCharsets.UTF_8);
    }

    @Override
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
