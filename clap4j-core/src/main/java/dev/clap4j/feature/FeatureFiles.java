package dev.clap4j.feature;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.JsonReasons;
import dev.clap4j.internal.io.NpyFile;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads and writes features. The file extension selects the format:
 *
 * <ul>
 *   <li>{@code .safetensors}: tensor {@code features} F32 {@code [n, dim]}, the ids as a JSON list in the metadata
 *       entry {@code ids};
 *   <li>{@code .npy}: NumPy's format, little-endian 32-bit floats {@code [n, dim]}, with the ids, one per line, in
 *       {@code <name>.ids.txt};
 *   <li>{@code .jsonl}: one line {@code {"id": ..., "feature": [...]}} per row.
 * </ul>
 */
public final class FeatureFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TENSOR = "features";
    private static final String IDS = "ids";

    /** A matrix of floats is converted in one buffer of at most 2 GiB. */
    private static final int MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

    private FeatureFiles() {}

    /**
     * Writes features atomically, in the format given by the file's extension.
     *
     * @throws ClapException if the extension is unknown or the file cannot be written
     */
    public static void save(FeatureMatrix features, Path file) {
        checkEnding(file);
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
            saveSafetensors(features, file);
        } else if (name.endsWith(".npy")) {
            saveNpy(features, file);
        } else {
            AtomicFiles.write(file, channel -> writeLines(channel, features.rows(), row -> jsonLine(features, row)));
        }
    }

    /**
     * Checks a file's extension, so that a wrong one is reported before features are computed.
     *
     * @throws ClapException if the extension is not one of the three supported
     */
    public static void checkEnding(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".safetensors") && !name.endsWith(".npy") && !name.endsWith(".jsonl")) {
            throw new ClapException("Cannot save features as " + file
                    + ": the name should end in .safetensors, .npy or .jsonl, which chooses the format");
        }
    }

    /** The files that {@link #save} writes: the given one and, for {@code .npy}, the file of ids. */
    public static List<Path> written(Path file) {
        return String.valueOf(file.getFileName()).endsWith(".npy") ? List.of(file, idsFile(file)) : List.of(file);
    }

    private static void saveSafetensors(FeatureMatrix features, Path file) {
        TensorData tensor = TensorData.of(TENSOR, features.values(), features.rows(), features.dim());
        SafetensorsFile.write(file, Map.of(IDS, json(features.ids())), List.of(tensor));
    }

    private static void saveNpy(FeatureMatrix features, Path file) {
        for (String id : features.ids()) {
            if (id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
                throw new ClapException("Cannot save " + file + ": the ids beside a .npy file stand one a line, but "
                        + json(id) + " has a line break; use .safetensors or .jsonl");
            }
        }
        byte[] header = npyHeader(features);
        ByteBuffer row = ByteBuffer.allocate(features.dim() * 4).order(ByteOrder.LITTLE_ENDIAN);
        AtomicFiles.writePair(
                file,
                channel -> {
                    writeFully(channel, ByteBuffer.wrap(header));
                    for (int i = 0; i < features.rows(); i++) {
                        row.clear().asFloatBuffer().put(features.row(i));
                        writeFully(channel, row);
                    }
                },
                idsFile(file),
                channel -> writeLines(channel, features.rows(), features.ids()::get));
    }

    /** The NumPy header: magic, version 1.0, header length and a Python literal, padded to a multiple of 64 bytes. */
    private static byte[] npyHeader(FeatureMatrix features) {
        String literal = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + features.rows() + ", " + features.dim()
                + "), }";
        int length = (10 + literal.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer header = ByteBuffer.allocate(10 + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) 1).put((byte) 0).putShort((short) length);
        header.put(literal.getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(header.array(), header.position(), 10 + length - 1, (byte) ' ');
        header.array()[10 + length - 1] = '\n';
        return header.array();
    }

    private static Path idsFile(Path npy) {
        String name = npy.getFileName().toString();
        return npy.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".ids.txt");
    }

    private static String jsonLine(FeatureMatrix features, int row) {
        var node = JSON.createObjectNode().put("id", features.ids().get(row));
        var values = node.putArray("feature");
        for (float value : features.row(row)) {
            values.add(value);
        }
        return json(node);
    }

    private static void writeLines(FileChannel channel, int count, IntFunction<String> line) throws IOException {
        for (int i = 0; i < count; i++) {
            writeFully(channel, StandardCharsets.UTF_8.encode(line.apply(i) + "\n"));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + value, e);
        }
    }

    /**
     * Reads features from a file.
     *
     * @param fileAndName {@code "file#tensor"}, or a file alone (see {@link #load(Path)}), for its tensor {@code
     *     features} or its only tensor. The tensor must be floating-point {@code [n, dim]}. Ids come from the metadata
     *     if it has n of them, else they are the row numbers.
     * @throws ClapException if the file or tensor is missing, damaged or of another shape, or a value is not finite
     */
    public static FeatureMatrix load(String fileAndName) {
        return fileAndName.indexOf('#') < 0 ? load(Path.of(fileAndName)) : read(TensorRef.parse(fileAndName));
    }

    private static FeatureMatrix read(TensorRef given) {
        TensorFile file = TensorFile.open(given.file());
        boolean ours = given.name().isEmpty() && file.contains(TENSOR);
        TensorData tensor = ours ? file.get(TENSOR) : given.read();
        return matrix(tensor, given.file(), rows -> ids(file, rows));
    }

    /**
     * Returns features read from a file.
     *
     * @param tensor floating-point {@code [n, dim]}
     * @param file the file, for error messages
     * @param ids the n ids, by n
     * @throws ClapException if the tensor is of another type or shape, or a value is not finite
     */
    public static FeatureMatrix matrix(TensorData tensor, Path file, IntFunction<List<String>> ids) {
        long[] shape = tensor.shape();
        String where = "Tensor " + tensor.name() + " of " + file;
        if (shape.length != 2 || shape[1] < 1) {
            throw new ClapException(
                    where + " should hold features [n, dim], but its shape is " + Arrays.toString(shape));
        }
        if (!tensor.type().isFloat()) {
            throw new ClapException(where + " should hold floating-point numbers, but holds " + tensor.type());
        }
        if (Math.max(tensor.elements(), shape[1]) > MOST_VALUES) {
            throw new ClapException(where + " holds " + shape[0] + "×" + shape[1] + " values, more than the "
                    + MOST_VALUES + " that fit a matrix; split it into smaller files");
        }
        List<String> names = ids.apply((int) shape[0]);
        try {
            return new FeatureMatrix(names, (int) shape[1], tensor.toFloats());
        } catch (ClapException e) {
            throw new ClapException(where + ": " + e.getMessage(), e);
        }
    }

    private static FeatureMatrix readNpy(Path file) {
        return matrix(NpyFile.read(file, TENSOR), file, rows -> {
            Path ids = idsFile(file);
            if (!Files.exists(ids)) {
                return numbers(rows);
            }
            List<String> lines = InputFiles.readLines(ids);
            if (lines.size() != rows) {
                throw new ClapException(ids + " should have an id for each of the " + rows + " rows of " + file
                        + ", but has " + lines.size());
            }
            return lines;
        });
    }

    private static List<String> numbers(int rows) {
        return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    }

    /**
     * Reads features from a file in one of the three formats, or any tensor file; the extension decides.
     *
     * @throws ClapException if the file cannot be read, is damaged or of another shape, or a value is not finite
     */
    public static FeatureMatrix load(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".npy")) {
            return readNpy(file);
        }
        return name.endsWith(".jsonl") ? readLines(file) : read(new TensorRef(file, ""));
    }

    private static FeatureMatrix readLines(Path file) {
        List<String> ids = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (String line : InputFiles.readLines(file)) {
            if (line.isBlank()) {
                continue;
            }
            JsonLine row = jsonLine(file, rows.size() + 1, line);
            if (!rows.isEmpty() && rows.get(0).length != row.feature().length) {
                throw new ClapException("Row " + (rows.size() + 1) + " of " + file + " has " + row.feature().length
                        + " values, the first has " + rows.get(0).length);
            }
            ids.add(row.id());
            rows.add(row.feature());
        }
        if (rows.isEmpty()) {
            throw new ClapException(file + " has no features; each line should be {\"id\": …, \"feature\": […]}");
        }
        return FeatureMatrix.ofRows(ids, rows.get(0).length, rows);
    }

    private record JsonLine(String id, float[] feature) {}

    private static JsonLine jsonLine(Path file, int row, String line) {
        String expected = "Row " + row + " of " + file + " should be {\"id\": …, \"feature\": […]}";
        try {
            JsonLine read = JsonFiles.parse(line, JsonLine.class);
            if (read == null || read.id() == null || read.feature() == null || read.feature().length == 0) {
                throw new ClapException(expected);
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new ClapException(expected + ": " + JsonReasons.of(e), e);
        }
    }

    private static List<String> ids(TensorFile file, int rows) {
        try {
            String text = file.metadata().getOrDefault(IDS, "[]");
            String[] ids = JSON.readValue(text, String[].class);
            if (ids == null || Arrays.asList(ids).contains(null)) {
                throw new ClapException(
                        "The ids in the metadata of " + file.path() + " are no JSON list of texts: one" + " is null");
            }
            if (ids.length == rows) {
                return List.of(ids);
            }
        } catch (JsonProcessingException e) {
            throw new ClapException(
                    "The ids in the metadata of " + file.path() + " are no JSON list of texts: "
                            + e.getOriginalMessage(),
                    e);
        }
        return numbers(rows);
    }
}
