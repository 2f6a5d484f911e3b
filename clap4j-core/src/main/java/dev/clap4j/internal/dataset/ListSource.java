package dev.clap4j.internal.dataset;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The image files that a list names: comma-separated values (RFC 4180) with titles, a column of paths, relative to the list's
 * folder, and columns of labels and domains if it has them.
 */
record ListSource(Path path) implements ImageSource {
    private static final List<String> PATHS = List.of("path", "image", "file", "filename", "filepath", "file_name");
    private static final List<String> LABELS = List.of("label", "class");
    private static final List<String> DOMAINS = List.of("domain");
    private static final int MAX_RECORD = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public long count() {
        long count = 0;
        try (Rows rows = new Rows(path)) {
            for (; rows.hasNext(); count++) {
                rows.next();
            }
        }
        if (count == 0) {
            throw new ClapException(path + " names no images; below its titles, a line should name one");
        }
        return count;
    }

    @Override
    public boolean isOfFiles() {
        return true;
    }

    @Override
    public ImageCursor open() {
        return new Rows(path);
    }

    private static final class Rows implements ImageCursor {
        private final Path list;
        private final CloseableIterator<CsvRecord> records;
        private final int path;
        private final int label;
        private final int domain;

        Rows(Path list) {
            this.list = list;
            this.records = begin(InputFiles.requireRegular(list));
            if (!hasNext()) {
                throw new ClapException(list + " is empty; a list of images begins with titles, such as path,label");
            }
            List<String> titles = reading(records::next).getFields().stream()
                    .map(title -> title.strip().toLowerCase(Locale.ROOT))
                    .toList();
            this.path = column(titles, PATHS);
            this.label = column(titles, LABELS);
            this.domain = column(titles, DOMAINS);
            if (path < 0) {
                throw new ClapException(list + " has no column of paths; one of its titles should be "
                        + String.join(", ", PATHS) + ", but they are " + Names.preview(titles));
            }
        }

        private CloseableIterator<CsvRecord> begin(Path file) {
            return reading(() -> {
                try {
                    Reader text =
                            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
                    PushbackReader rest = new PushbackReader(text);
                    int first = rest.read();
                    if (first >= 0 && first != BYTE_ORDER_MARK) {
                        rest.unread(first);
                    }
                    return CsvReader.builder()
                            .maxBufferSize(MAX_RECORD)
                            .ofCsvRecord(rest)
                            .iterator();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        private int column(List<String> titles, List<String> names) {
            List<String> found = titles.stream().filter(names::contains).toList();
            if (found.size() > 1) {
                throw new ClapException(
                        list + " has several columns of one kind: " + String.join(", ", found) + "; leave one");
            }
            return found.isEmpty() ? -1 : titles.indexOf(found.get(0));
        }

        @Override
        public boolean hasNext() {
            return reading(records::hasNext);
        }

        @Override
        public SourceImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            CsvRecord row = reading(records::next);
            String line = "line " + row.getStartingLineNumber() + " of " + list;
            String name = row.getField(path);
            if (name.isBlank()) {
                throw new ClapException("Line " + line.substring(5) + " names no image");
            }
            try {
                Path file = list.resolveSibling(name);
                return new SourceImage(
                        Names.line(file.toString()),
                        new ImageContent.InFile(file, line),
                        field(row, label),
                        field(row, domain));
            } catch (InvalidPathException e) {
                throw new ClapException("The image of " + line + " is not a path: " + Names.brief(name), e);
            }
        }

        private static Optional<String> field(CsvRecord row, int column) {
            return column < 0
                    ? Optional.empty()
                    : Optional.of(row.getField(column).strip()).filter(text -> !text.isEmpty());
        }

        private <T> T reading(Supplier<T> work) {
            try {
                return work.get();
            } catch (CsvParseException e) {
                throw malformed(e);
            } catch (UncheckedIOException e) {
                throw e.getCause() instanceof CharacterCodingException
                        ? new ClapException("Cannot read " + list + ": it is not UTF-8 text", e)
                        : new ClapException("Cannot read " + list + ": " + IoReasons.of(e.getCause()), e);
            }
        }

        private ClapException malformed(CsvParseException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return reason instanceof CharacterCodingException
                    ? new ClapException("Cannot read " + list + ": it is not UTF-8 text", e)
                    : new ClapException(
                            "Cannot read " + list + ": " + e.getMessage()
                                    + (reason == e ? "" : " (" + reason.getMessage() + ")"),
                            e);
        }

        @Override
        public void close() {
            try {
                records.close();
            } catch (IOException e) {
                throw new ClapException("Cannot read " + list + ": " + IoReasons.of(e), e);
            }
        }
    }
}
