package dev.clap4j.internal.io;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes safetensors files. */
final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private SafetensorsWriter() {}

    static void write(
            Path path,
            Map<String, String> metadata,
            List<TensorInfo> tensors,
            Function<TensorInfo, TensorData> values) {
        byte[] header = header(metadata, tensors);
        if (header.length > SafetensorsHeader.MAX_HEADER_BYTES) {
            throw new ClapException("Cannot write " + path + ": its header has " + header.length
                    + " bytes, and the format allows " + SafetensorsHeader.MAX_HEADER_BYTES);
        }
        AtomicFiles.write(path, channel -> {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, length.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (TensorInfo info : tensors) {
                TensorData tensor = values.apply(info);
                if (tensor.type() != info.type() || !Arrays.equals(tensor.shape(), info.shape())) {
                    throw new IllegalArgumentException("Announced " + info + ", but made " + tensor);
                }
                writeFully(channel, tensor.bytes());
            }
        });
    }

    private static byte[] header(Map<String, String> metadata, List<TensorInfo> tensors) {
        var header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            // Sorted, so that equal values give equal bytes.
            new TreeMap<>(metadata).forEach(header.putObject("__metadata__")::put);
        }
        long offset = 0;
        for (TensorInfo tensor : tensors) {
            var node =
                    header.putObject(tensor.name()).put("dtype", tensor.type().name());
            Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
            long bytes = tensor.elements() * tensor.type().bytes();
            node.putArray("data_offsets").add(offset).add(offset + bytes);
            offset += bytes;
        }
        // Padded with spaces so that the data begin at a multiple of 8.
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
