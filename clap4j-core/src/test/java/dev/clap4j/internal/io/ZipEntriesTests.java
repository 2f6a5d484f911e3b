package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipEntriesTests {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path temporary;

    @Test
    void entriesStandWhereTheirBytesAre() throws IOException {
        Path path = TorchArchive.of(new byte[0])
                .without("archive/data.pkl")
                .with("packed", new byte[1000])
                .deflate("packed")
                .with("b", CONTENT)
                .write(temporary.resolve("a.zip"));
        Map<String, ZipEntries.Entry> entries = read(path);
        assertThat(entries).containsOnlyKeys("b", "packed");
        assertThat(entries.get("packed").plain()).isFalse();
        ZipEntries.Entry entry = entries.get("b");
        assertThat(entry.plain()).isTrue();
        byte[] file = Files.readAllBytes(path);
        assertThat(new String(file, (int) entry.begin(), (int) entry.bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("content");
    }

    @Test
    void sizesBeyond32BitsStandInTheExtraField() throws IOException {
        Path path = Files.write(temporary.resolve("64.zip"), zip64(CONTENT.length));
        ZipEntries.Entry entry = read(path).get("a");
        assertThat(entry.bytes()).isEqualTo(CONTENT.length);
        assertThat(entry.begin()).isEqualTo(31);
        assertThat(entry.plain()).isTrue();
    }

    @Test
    void sizesBeyondTheFileAreRefusedThere() throws IOException {
        for (long size : new long[] {1L << 40, -1, Long.MIN_VALUE}) {
            Path path = Files.write(temporary.resolve("absurd.zip"), zip64(size));
            assertThatThrownBy(() -> read(path))
                    .isInstanceOf(MalformedFile.class)
                    .hasMessage("entry a of the zip archive lies outside the file; it is truncated or damaged");
        }
    }

    private static Map<String, ZipEntries.Entry> read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return ZipEntries.read(channel);
        }
    }

    /** One stored entry whose sizes, place and directory are all given in 64 bits (APPNOTE 4.3.14, 4.5.3). */
    private static byte[] zip64(long size) {
        ByteBuffer zip = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        zip.putInt(0x04034b50)
                .putShort((short) 45)
                .put(new byte[20])
                .putShort((short) 1)
                .putShort((short) 0);
        zip.put((byte) 'a').put(CONTENT);
        int directory = zip.position();
        zip.putInt(0x02014b50).put(new byte[16]).putInt(-1).putInt(-1);
        zip.putShort((short) 1)
                .putShort((short) 28)
                .putShort((short) 0)
                .put(new byte[8])
                .putInt(-1);
        zip.put((byte) 'a')
                .putShort((short) 1)
                .putShort((short) 24)
                .putLong(size)
                .putLong(size)
                .putLong(0);
        int end = zip.position();
        zip.putInt(0x06064b50).putLong(44).put(new byte[12]).putLong(1).putLong(1);
        zip.putLong(end - directory).putLong(directory);
        zip.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        zip.putInt(0x06054b50)
                .putInt(0)
                .putShort((short) -1)
                .putShort((short) -1)
                .putInt(-1)
                .putInt(-1);
        zip.putShort((short) 0);
        byte[] file = new byte[zip.position()];
        zip.get(0, file);
        return file;
    }
}
