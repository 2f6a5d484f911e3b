package dev.clap4j.internal.parquet;

import dev.clap4j.internal.dataset.ImageContent;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.image.ImageDecoder;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReaderImpl;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** A pass over the rows of a Parquet file. */
final class ParquetCursor implements ImageCursor {
    /** Images that may be in memory at once are this many at most, so that all of them take a part of it only. */
    private static final int MEMORY_SHARE = 128;

    private static final ParsedVersion WRITER = new ParsedVersion("clap4j", null, null);

    private final ParquetSource source;
    private final long maxBytes =
            Math.min(ImageDecoder.MAX_FILE_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    private int nextGroup;
    private Rows rows;
    private long row;

    /** The columns of a row group. */
    private static final class Rows implements AutoCloseable {
        private final Column image;
        private final Optional<Column> label;
        private final Optional<Column> domain;
        private long left;

        Rows(ParquetSource source, RowGroup group) throws IOException {
            this.left = group.getNum_rows();
            this.image = Column.open(source, source.columns().image(), group);
            this.label = open(source, source.columns().label(), group);
            this.domain = open(source, source.columns().domain(), group);
        }

        private static Optional<Column> open(ParquetSource source, Optional<Leaf> leaf, RowGroup group)
                throws IOException {
            return leaf.isPresent() ? Optional.of(Column.open(source, leaf.get(), group)) : Optional.empty();
        }

        @Override
        public void close() {
            image.pages.close();
            label.ifPresent(column -> column.pages.close());
            domain.ifPresent(column -> column.pages.close());
        }
    }

    /** The values of a column in a row group. */
    private record Column(Leaf leaf, ColumnPages pages, ColumnReader values) {
        static Column open(ParquetSource source, Leaf leaf, RowGroup group) throws IOException {
            ColumnMetaData column = group.getColumns().get(leaf.index()).getMeta_data();
            if (column == null || !column.getPath_in_schema().equals(leaf.path()) || column.getType() != leaf.type()) {
                throw new IllegalArgumentException("the columns of a row group are not those of the schema");
            }
            if (column.getNum_values() != group.getNum_rows()) {
                throw new IllegalArgumentException("the column " + leaf.name() + " has " + column.getNum_values()
                        + " values in a row group of " + group.getNum_rows() + " rows");
            }
            ColumnPages pages = new ColumnPages(source.path(), leaf, column);
            return new Column(
                    leaf, pages, new ColumnReaderImpl(leaf.descriptor(), pages, new PrimitiveConverter() {}, WRITER));
        }

        /** Returns whether the present row has a value. */
        boolean isPresent() {
            return values.getCurrentDefinitionLevel() == leaf.optional();
        }

        /** Returns the present row's text, or the name of its number. */
        Optional<String> text(ClassLabels names) {
            if (!isPresent()) {
                return Optional.empty();
            }
            return switch (leaf.type()) {
                case INT32 -> names.name(leaf.name(), values.getInteger());
                case INT64 -> names.name(leaf.name(), values.getLong());
                default -> Optional.of(values.getBinary().toStringUsingUTF8());
            };
        }
    }

    ParquetCursor(ParquetSource source) {
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        List<RowGroup> groups = source.footer().getRow_groups();
        while ((rows == null || rows.left <= 0) && nextGroup < groups.size()) {
            close();
            RowGroup group = groups.get(nextGroup++);
            if (group.getNum_rows() > 0) {
                rows = Damage.in(source.path(), "row group " + (nextGroup - 1), () -> new Rows(source, group));
            }
        }
        return rows != null && rows.left > 0;
    }

    @Override
    public SourceImage next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String name = "row " + row + " of " + source.path();
        SourceImage image = Damage.in(source.path(), "row " + row, () -> image(rows, name));
        row++;
        return image;
    }

    private SourceImage image(Rows now, String name) {
        SourceImage image = new SourceImage(
                source.path() + "/" + row,
                content(now.image, name),
                now.label.flatMap(column -> column.text(source.classes())),
                now.domain.flatMap(column -> column.text(source.classes())));
        now.left--;
        if (now.left > 0) {
            now.image.values.consume();
            now.label.ifPresent(column -> column.values.consume());
            now.domain.ifPresent(column -> column.values.consume());
        }
        return image;
    }

    private ImageContent content(Column column, String name) {
        if (!column.isPresent()) {
            return new ImageContent.Missing(
                    "Cannot read " + name + ": it has no image in the column " + column.leaf.name());
        }
        Binary bytes = column.values.getBinary();
        if (bytes.length() > maxBytes) {
            return new ImageContent.Missing("Cannot read " + name + ": its image has " + bytes.length()
                    + " bytes; the limit is " + maxBytes + ", which grows with Java's memory");
        }
        return new ImageContent.InMemory(bytes.getBytes(), name);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
