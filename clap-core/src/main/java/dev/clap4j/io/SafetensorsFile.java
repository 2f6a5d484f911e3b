package dev.clap4j.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: 8 bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>Everything the header promises is checked against the file before any tensor is handed out: the header's length,
 * every type, shape and range, and that no two ranges overlap.
 */
public final class SafetensorsFile implements TensorFile {
    /** The reference implementation's limit on the header. */
    private static final long MAX_HEADER_BYTES = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(String name, DataType type, long[] shape, long begin, long end) {}

    private SafetensorsFile(Path path) {
        this.path = path;
    }

    /**
     * Reads and checks the header; tensors are mapped when asked for.
     *
     * @throws ClapException if the file cannot be read or its header does not describe it
     */
    public static SafetensorsFile open(Path path) {
        SafetensorsFile file = new SafetensorsFile(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            file.readHeader(channel);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + e, e);
        }
        return file;
    }

    private void readHeader(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw invalid("it has " + size + " bytes, a safetensors file has at least 8");
        }
        long headerBytes = read(channel, 0, 8).getLong();
        if (headerBytes < 2 || headerBytes > size - 8) {
            throw invalid(
                    "its header should be " + Long.toUnsignedString(headerBytes) + " bytes long, but the file has "
                            + (size - 8) + " after the length; it is no safetensors file, or it is truncated");
        }
        if (headerBytes > MAX_HEADER_BYTES) {
            throw invalid("its header is " + headerBytes + " bytes long, the limit is " + MAX_HEADER_BYTES);
        }
        JsonNode header;
        try {
            header = JSON.readTree(StandardCharsets.UTF_8
                    .decode(read(channel, 8, (int) headerBytes))
                    .toString());
        } catch (JsonProcessingException e) {
            throw invalid("its header is not JSON: " + e.getOriginalMessage());
        }
        if (!header.isObject()) {
            throw invalid("its header is not a JSON object");
        }
        long dataStart = 8 + headerBytes;
        header.properties().forEach(field -> {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue(), dataStart, size));
            }
        });
        checkOverlap();
    }

    private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // keep reading
        }
        return buffer.flip();
    }

    private Entry entry(String name, JsonNode node, long dataStart, long fileSize) {
        DataType type = type(name, node.path("dtype").asText());
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("shape").isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw invalid("tensor " + name + " lacks a shape or its two data_offsets");
        }
        long[] shape = new long[node.get("shape").size()];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            JsonNode extent = node.get("shape").get(i);
            shape[i] = extent.isIntegralNumber() && extent.canConvertToLong() ? extent.asLong() : -1;
            if (shape[i] < 0 || (shape[i] > 0 && elements > Long.MAX_VALUE / 16 / shape[i])) {
                throw invalid("tensor " + name + " has the impossible shape " + node.get("shape"));
            }
            elements *= shape[i];
        }
        long begin = offsets.get(0).asLong(-1);
        long end = offsets.get(1).asLong(-1);
        if (begin < 0 || end < begin || end > fileSize - dataStart) {
            throw invalid("tensor " + name + " lies at " + offsets + ", outside the file's " + (fileSize - dataStart)
                    + " bytes of data; it is truncated or damaged");
        }
        if (end - begin != elements * type.bytes()) {
            throw invalid("tensor " + name + " has " + (end - begin) + " bytes, but " + type + Arrays.toString(shape)
                    + " takes " + elements * type.bytes());
        }
        return new Entry(name, type, shape, dataStart + begin, dataStart + end);
    }

    private DataType type(String name, String text) {
        try {
            return DataType.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw invalid("tensor " + name + " has the type \"" + text + "\", known are "
                    + Arrays.toString(DataType.values()));
        }
    }

    private void checkOverlap() {
        List<Entry> byPosition = new ArrayList<>(entries.values());
        byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        for (int i = 1; i < byPosition.size(); i++) {
            Entry before = byPosition.get(i - 1);
            Entry after = byPosition.get(i);
            if (after.begin() < before.end()) {
                throw invalid("tensors " + before.name() + " and " + after.name() + " overlap");
            }
        }
    }

    private ClapException invalid(String what) {
        return new ClapException("Cannot read " + path + " as safetensors: " + what);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Override
    public TensorData get(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + preview());
        }
        long bytes = entry.end - entry.begin;
        if (bytes > Integer.MAX_VALUE) {
            throw invalid(
                    "tensor " + name + " has " + bytes + " bytes, more than the 2 GiB that can be mapped at once");
        }
        if (bytes == 0) {
            return new TensorData(name, entry.type, entry.shape, TensorData.allocate(0));
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < entry.end) {
                throw invalid("it has shrunk since it was opened");
            }
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, entry.begin, bytes);
            return new TensorData(name, entry.type, entry.shape, mapped);
        } catch (IOException e) {
            throw new ClapException("Cannot read tensor " + name + " of " + path + ": " + e, e);
        }
    }

    private String preview() {
        List<String> names = entries.keySet().stream().limit(6).toList();
        return entries.isEmpty()
                ? "none"
                : String.join(", ", names) + (entries.size() > 6 ? ", … (" + entries.size() + ")" : "");
    }

    /**
     * Writes tensors as a safetensors file, whole or not at all.
     *
     * @param path the file, replaced if it exists
     * @param metadata free-form text to carry beside the tensors
     * @param tensors in the order in which they are laid out
     */
    public static void write(Path path, Map<String, String> metadata, List<TensorData> tensors) {
        var header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            metadata.forEach(header.putObject("__metadata__")::put);
        }
        long offset = 0;
        for (TensorData tensor : tensors) {
            var node =
                    header.putObject(tensor.name()).put("dtype", tensor.type().name());
            Arrays.stream(tensor.shape()).forEach(node.putArray("shape")::add);
            long bytes = tensor.elements() * tensor.type().bytes();
            node.putArray("data_offsets").add(offset).add(offset + bytes);
            offset += bytes;
        }
        // Spaces fill the header up so that the data begin at a multiple of 8.
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        AtomicFiles.write(path, channel -> {
            writeFully(
                    channel,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(padded.length)
                            .flip());
            writeFully(channel, ByteBuffer.wrap(padded));
            for (TensorData tensor : tensors) {
                writeFully(channel, tensor.bytes());
            }
        });
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Whether the file begins as safetensors files do: a plausible header length, then a brace. */
    static boolean looksLike(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer start = read(channel, 0, 9);
            return start.limit() == 9 && start.get(8) == '{' && Files.size(path) > 9;
        }
    }
}
