package dev.clap4j.internal.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes zip archives as PyTorch does, and such as it never would. */
public final class TorchArchive {
    private final Map<String, byte[]> stored = new LinkedHashMap<>();
    private final Map<String, byte[]> deflated = new LinkedHashMap<>();

    /** An archive of that pickle, without storages. */
    public static TorchArchive of(byte[] pickle) {
        return new TorchArchive().with("archive/data.pkl", pickle);
    }

    /** An archive of a state dict. */
    public static TorchArchive of(List<TensorData> tensors) {
        TorchArchive archive = of(new PickleWriter().stateDict(tensors).stop());
        for (int i = 0; i < tensors.size(); i++) {
            archive.with("archive/data/" + i, bytes(tensors.get(i)));
        }
        return archive;
    }

    private static byte[] bytes(TensorData tensor) {
        byte[] bytes = new byte[tensor.bytes().remaining()];
        tensor.bytes().get(bytes);
        return bytes;
    }

    public TorchArchive with(String entry, byte[] content) {
        stored.put(entry, content);
        return this;
    }

    public TorchArchive with(String entry, String content) {
        return with(entry, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Compresses an entry that was added before. */
    public TorchArchive deflate(String entry) {
        deflated.put(entry, stored.remove(entry));
        return this;
    }

    public TorchArchive without(String entry) {
        stored.remove(entry);
        return this;
    }

    /** Writes the archive. */
    public Path write(Path path) {
        try {
            Files.createDirectories(path.getParent());
            try (OutputStream file = Files.newOutputStream(path);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Map.Entry<String, byte[]> entry : deflated.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                }
                for (Map.Entry<String, byte[]> entry : stored.entrySet()) {
                    zip.putNextEntry(storedEntry(entry.getKey(), entry.getValue()));
                    zip.write(entry.getValue());
                }
            }
            return path;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ZipEntry storedEntry(String name, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        return entry;
    }
}
