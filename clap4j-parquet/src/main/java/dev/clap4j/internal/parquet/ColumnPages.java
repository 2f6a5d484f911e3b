package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** The pages of a column in a row group, read one after the other; one is in memory at a time. */
final class ColumnPages implements PageReader, AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MEBIBYTE = 20;

    /** The share of the memory that a page may take, packed and unpacked. */
    private static final int MEMORY_SHARE = 4;

    private final Path file;
    private final String column;
    private final long values;
    private final Codec codec;
    private final Rest in;
    private PageHeader ahead;
    private long read;

    /** Bytes up to the end of the column. */
    private static final class Rest extends FilterInputStream {
        private long left;

        Rest(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int next = left > 0 ? in.read() : -1;
            left -= next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = left > 0 ? in.read(bytes, from, (int) Math.min(count, left)) : -1;
            left -= Math.max(0, got);
            return got;
        }
    }

    ColumnPages(Path file, Leaf leaf, ColumnMetaData column) throws IOException {
        this.file = file;
        this.column = leaf.name();
        this.values = column.getNum_values();
        this.codec = Codec.of(column.getCodec(), leaf.name() + " of " + file);
        long first = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            first = Math.min(first, column.getDictionary_page_offset());
        }
        FileChannel channel = FileChannel.open(file);
        if (first < 0 || first > channel.size() || column.getTotal_compressed_size() < 0) {
            channel.close();
            throw new IOException("its place is outside of the file");
        }
        channel.position(first);
        this.in = new Rest(
                new BufferedInputStream(Channels.newInputStream(channel), BUFFER), column.getTotal_compressed_size());
    }

    @Override
    public long getTotalValueCount() {
        return values;
    }

    @Override
    public DictionaryPage readDictionaryPage() {
        PageHeader header = header();
        if (header.getType() != PageType.DICTIONARY_PAGE) {
            return null;
        }
        ahead = null;
        byte[] bytes = bytes(header, 0, true);
        int count = header.getDictionary_page_header().getNum_values();
        if (count < 0 || count > bytes.length) {
            throw new IllegalArgumentException("the dictionary cannot have " + count + " values");
        }
        // The older name of a dictionary's encoding says how indices are encoded, too.
        return new DictionaryPage(BytesInput.from(bytes), count, Encoding.PLAIN);
    }

    @Override
    public DataPage readPage() {
        while (true) {
            PageHeader header = header();
            ahead = null;
            Optional<DataPage> page =
                    switch (header.getType()) {
                        case DATA_PAGE -> Optional.of(first(header, header.getData_page_header()));
                        case DATA_PAGE_V2 -> Optional.of(second(header, header.getData_page_header_v2()));
                        default -> Optional.empty();
                    };
            if (page.isPresent()) {
                int count = page.get().getValueCount();
                read += count;
                if (count < 0 || read > values) {
                    throw new IllegalArgumentException("a page has " + count + " values");
                }
                return page.get();
            }
            bytes(header, 0, false);
        }
    }

    private PageHeader header() {
        if (ahead == null) {
            try {
                if (in.left == 0) {
                    throw new EOFException("it ends after " + read + " of " + values + " values");
                }
                ahead = Util.readPageHeader(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ahead;
    }

    private DataPage first(PageHeader header, DataPageHeader data) {
        return new DataPageV1(
                BytesInput.from(bytes(header, 0, true)),
                data.getNum_values(),
                header.getUncompressed_page_size(),
                null,
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    private DataPage second(PageHeader header, DataPageHeaderV2 data) {
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        if (repetition < 0 || definition < 0) {
            throw new IllegalArgumentException("the sizes of a page contradict each other");
        }
        byte[] bytes = bytes(header, Math.addExact(repetition, definition), data.isIs_compressed());
        int levels = repetition + definition;
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                BytesInput.from(bytes, 0, repetition),
                BytesInput.from(bytes, repetition, definition),
                encoding(data.getEncoding()),
                BytesInput.from(bytes, levels, bytes.length - levels),
                null);
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }

    /** Returns a page's bytes, unpacked; the first ones are never packed. */
    private byte[] bytes(PageHeader header, int plain, boolean isPacked) {
        int packed = header.getCompressed_page_size();
        int size = header.getUncompressed_page_size();
        if (packed < plain || size < plain || packed > in.left) {
            throw new IllegalArgumentException("the sizes of a page contradict each other");
        }
        long most = Runtime.getRuntime().maxMemory() / MEMORY_SHARE;
        if ((long) packed + size > most) {
            throw new ClapException("Cannot read " + file + ": a page of the column " + column + " takes "
                    + (((long) packed + size) >> MEBIBYTE) + " MiB of memory, packed and unpacked; the limit is "
                    + (most >> MEBIBYTE) + ". Write smaller pages or row groups, or give Java more memory with -Xmx");
        }
        try {
            byte[] all = in.readNBytes(packed);
            if (all.length < packed) {
                throw new EOFException("it ends within a page");
            }
            requireChecksum(header, all);
            if (!isPacked || packed == plain) {
                return all;
            }
            byte[] unpacked = codec.unpack(plain == 0 ? all : Arrays.copyOfRange(all, plain, packed), size - plain);
            if (plain == 0) {
                return unpacked;
            }
            byte[] joined = Arrays.copyOf(all, size);
            System.arraycopy(unpacked, 0, joined, plain, unpacked.length);
            return joined;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireChecksum(PageHeader header, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        if (header.isSetCrc() && header.getCrc() != (int) sum.getValue()) {
            throw new IOException("the checksum of a page is wrong");
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
