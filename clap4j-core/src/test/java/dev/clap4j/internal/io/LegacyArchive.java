package dev.clap4j.internal.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes files of PyTorch's format before version 1.6. */
public final class LegacyArchive {
    private static final byte[] MAGIC = {
        (byte) 0x80,
        2,
        (byte) 0x8a,
        10,
        0x6c,
        (byte) 0xfc,
        (byte) 0x9c,
        0x46,
        (byte) 0xf9,
        0x20,
        0x6a,
        (byte) 0xa8,
        0x50,
        0x19,
        '.'
    };

    private final byte[] value;
    private final List<String> keys = new ArrayList<>();
    private final List<byte[]> storages = new ArrayList<>();
    private long version = 1001;
    private boolean littleEndian = true;

    /** A file of that pickle, without storages. */
    public LegacyArchive(byte[] value) {
        this.value = value;
    }

    /** A file of a state dict. */
    public static LegacyArchive of(List<TensorData> tensors) {
        LegacyArchive file =
                new LegacyArchive(new PickleWriter().stateDict(tensors).stop());
        for (int i = 0; i < tensors.size(); i++) {
            byte[] bytes = new byte[tensors.get(i).bytes().remaining()];
            tensors.get(i).bytes().get(bytes);
            file.with("" + i, tensors.get(i).elements(), bytes);
        }
        return file;
    }

    public LegacyArchive with(String key, long elements, byte[] bytes) {
        keys.add(key);
        storages.add(ByteBuffer.allocate(8 + bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(elements)
                .put(bytes)
                .array());
        return this;
    }

    public LegacyArchive version(long other) {
        version = other;
        return this;
    }

    public LegacyArchive bigEndian() {
        littleEndian = false;
        return this;
    }

    /** Its bytes. */
    public byte[] bytes() {
        PickleWriter list = new PickleWriter().op(']').mark();
        keys.forEach(list::text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(new PickleWriter().integer(version).stop());
        out.writeBytes(new PickleWriter()
                .emptyDict()
                .text("little_endian")
                .op(littleEndian ? 0x88 : 0x89)
                .op('s')
                .stop());
        out.writeBytes(value);
        out.writeBytes(list.op('e').stop());
        storages.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Writes it. */
    public Path write(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.write(path, bytes());
    }
}
