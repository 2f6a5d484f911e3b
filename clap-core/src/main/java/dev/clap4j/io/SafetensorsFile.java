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
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import java.util.function.Function;

/**
 * A safetensors file: 8 bytes of header length, a JSON header, then the tensors' bytes.
 *
 * <p>Everything the header promises is checked against the file before any tensor is handed out: the header's length,
 * every type, shape and range, and that the ranges cover the data without gap or overlap, as the format demands.
 */
public final class SafetensorsFile implements TensorFile {
    /** Room for a hundred times the tensors of the largest CLIP. */
    private static final long MAX_HEADER_BYTES = 32L << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path path;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private MappedFile content;

    private record Entry(TensorInfo info, long begin, long end) {}

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
            file.content = new MappedFile(path, channel.size());
            file.readHeader(channel);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
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
        JsonNode header = parse(read(channel, 8, (int) headerBytes));
        long dataBytes = size - 8 - headerBytes;
        header.properties().forEach(field -> {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(m -> metadata.put(m.getKey(), m.getValue().asText()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue(), 8 + headerBytes, dataBytes));
            }
        });
        checkCoverage(8 + headerBytes, size);
    }

    private JsonNode parse(ByteBuffer bytes) {
        try {
            JsonNode header = JSON.readTree(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            if (!header.isObject()) {
                throw invalid("its header is not a JSON object");
            }
            return header;
        } catch (JsonProcessingException e) {
            throw invalid("its header is not JSON: " + JsonReasons.of(e));
        } catch (CharacterCodingException e) {
            throw invalid("its header is not UTF-8 text");
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // keep reading
        }
        return buffer.flip();
    }

    private Entry entry(String name, JsonNode node, long dataStart, long dataBytes) {
        DataType type = type(name, node.path("dtype").asText());
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("shape").isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw invalid("tensor " + name + " lacks a shape or its two data_offsets");
        }
        long[] shape = new long[node.get("shape").size()];
        long elements = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = natural(node.get("shape").get(i));
            if (shape[i] < 0 || (shape[i] > 0 && elements > Long.MAX_VALUE / 16 / shape[i])) {
                throw invalid("tensor " + name + " has the impossible shape " + node.get("shape"));
            }
            elements *= shape[i];
        }
        long begin = natural(offsets.get(0));
        long end = natural(offsets.get(1));
        if (begin < 0 || end < begin || end > dataBytes) {
            throw invalid("tensor " + name + " lies at " + offsets + ", outside the file's " + dataBytes
                    + " bytes of data; it is truncated or damaged");
        }
        if (end - begin != elements * type.bytes()) {
            throw invalid("tensor " + name + " has " + (end - begin) + " bytes, but " + type + Arrays.toString(shape)
                    + " takes " + elements * type.bytes());
        }
        return new Entry(new TensorInfo(name, type, shape), dataStart + begin, dataStart + end);
    }

    /** The number, or -1 if it is none that counts something. */
    private static long natural(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong() ? Math.max(-1, node.asLong()) : -1;
    }

    private DataType type(String name, String text) {
        try {
            return DataType.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw invalid("tensor " + name + " has the type \"" + text + "\", known are "
                    + Arrays.toString(DataType.values()));
        }
    }

    private void checkCoverage(long dataStart, long fileSize) {
        List<Entry> byPosition = new ArrayList<>(entries.values());
        byPosition.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = dataStart;
        String before = "";
        for (Entry entry : byPosition) {
            if (entry.begin < covered) {
                throw invalid("tensors " + before + " and " + entry.info.name() + " overlap");
            }
            checkGap(covered, entry.begin);
            covered = entry.end;
            before = entry.info.name();
        }
        checkGap(covered, fileSize);
    }

    private void checkGap(long from, long to) {
        if (from < to) {
            throw invalid((to - from) + " bytes from byte " + from + " on belong to no tensor; it is damaged");
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
    public TensorInfo info(String name) {
        return find(name).info;
    }

    @Override
    public TensorData get(String name) {
        Entry entry = find(name);
        return new TensorData(
                name, entry.info.type(), entry.info.shape(), content.slice(entry.begin, entry.end - entry.begin));
    }

    private Entry find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + Names.preview(entries.keySet()));
        }
        return entry;
    }

    /**
     * Writes tensors as a safetensors file, whole or not at all.
     *
     * @param path the file, replaced if it exists
     * @param metadata free-form text to carry beside the tensors
     * @param tensors in the order in which they are laid out
     */
    public static void write(Path path, Map<String, String> metadata, List<TensorData> tensors) {
        Map<String, TensorData> byName = new LinkedHashMap<>();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
        if (byName.size() < tensors.size()) {
            throw new IllegalArgumentException("Two tensors have one name");
        }
        List<TensorInfo> infos = tensors.stream()
                .map(tensor -> new TensorInfo(tensor.name(), tensor.type(), tensor.shape()))
                .toList();
        write(path, metadata, infos, info -> byName.get(info.name()));
    }

    /**
     * Writes tensors as a safetensors file, whole or not at all, each made only when it is its turn: a file larger than
     * the memory can be written.
     *
     * @param path the file, replaced if it exists
     * @param metadata free-form text to carry beside the tensors
     * @param tensors in the order in which they are laid out
     * @param values makes the tensor that was announced
     */
    public static void write(
            Path path,
            Map<String, String> metadata,
            List<TensorInfo> tensors,
            Function<TensorInfo, TensorData> values) {
        byte[] header = header(metadata, tensors);
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
            metadata.forEach(header.putObject("__metadata__")::put);
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
        // Spaces fill the header up so that the data begin at a multiple of 8.
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
