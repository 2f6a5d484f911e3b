package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.FileContents;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** The end of a Parquet file, which says what is in it and where. */
final class Footer {
    /** The first and the last bytes of a Parquet file. */
    static final String MAGIC = "PAR1";

    private static final String ENCRYPTED = "PARE";
    private static final int TAIL = 8;
    private static final int MAX_BYTES = 256 << 20;

    private Footer() {}

    /**
     * Reads the footer of a file.
     *
     * @throws ClapException if it is not a Parquet file, or is incomplete, damaged or encrypted
     */
    static FileMetaData read(Path file) {
        return Damage.in(file, "footer", () -> {
            try (FileChannel channel = FileChannel.open(file)) {
                long length = channel.size();
                String start = length < TAIL + MAGIC.length() ? "" : text(read(channel, 0, MAGIC.length()), 0);
                if (start.equals(ENCRYPTED)) {
                    throw new ClapException("Cannot read " + file + ": it is encrypted, which is not supported");
                }
                if (!start.equals(MAGIC)) {
                    throw new ClapException("Cannot read " + file + ": it should be a Parquet file, but it is "
                            + FileContents.guess(file).orElse("something else"));
                }
                byte[] tail = read(channel, length - TAIL, TAIL);
                if (!text(tail, Integer.BYTES).equals(MAGIC)) {
                    throw new ClapException("Cannot read " + file + ": it is incomplete; a Parquet file ends with "
                            + MAGIC + ", and its footer stands before that");
                }
                int size = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
                if (size < 0 || size > MAX_BYTES || size > length - TAIL - MAGIC.length()) {
                    throw new IOException("it cannot have " + size + " bytes");
                }
                byte[] footer = read(channel, length - TAIL - size, size);
                return Util.readFileMetaData(new ByteArrayInputStream(footer));
            }
        });
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, MAGIC.length(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException("it got shorter");
            }
        }
        return bytes.array();
    }
}
