package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Safetensors files that this program writes for its own use: cached features, states to resume from. A CRC-32C
 * checksum over metadata, names, types, shapes and values shows whether a file is unchanged.
 */
public final class SealedTensors {
    private static final String SEAL = "checksum";

    private SealedTensors() {}

    /**
     * Writes tensors and their checksum atomically.
     *
     * @param metadata free-form text stored with the tensors, without an entry {@code checksum}
     * @throws ClapException if the file cannot be written
     */
    public static void write(Path path, Map<String, String> metadata, List<TensorData> tensors) {
        Map<String, String> sealed = new LinkedHashMap<>(metadata);
        sealed.put(SEAL, checksum(metadata, tensors));
        SafetensorsFile.write(path, sealed, tensors);
    }

    /**
     * Opens a file written by {@link #write}, and reads all of it once to verify its checksum.
     *
     * @throws ClapException if it is not a regular file, cannot be read, or was changed
     */
    public static SafetensorsFile open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(InputFiles.requireRegular(path));
        Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
        String seal = metadata.remove(SEAL);
        List<TensorData> tensors = file.names().stream().map(file::get).toList();
        if (!checksum(metadata, tensors).equals(seal)) {
            throw new ClapException(
                    path + " is damaged: " + (seal == null ? "it has no checksum" : "its checksum does not match"));
        }
        return file;
    }

    private static String checksum(Map<String, String> metadata, List<TensorData> tensors) {
        CRC32C crc = new CRC32C();
        new TreeMap<>(metadata).forEach((key, value) -> update(crc, key, value));
        List<TensorData> byName = new ArrayList<>(tensors);
        byName.sort((a, b) -> a.name().compareTo(b.name()));
        for (TensorData tensor : byName) {
            update(crc, tensor.name(), tensor.type() + Arrays.toString(tensor.shape()));
            crc.update(tensor.bytes());
        }
        return String.format("%08x", crc.getValue());
    }

    private static void update(CRC32C crc, String key, String value) {
        crc.update((key + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
    }
}
