package dev.clap4j.feature;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.InputFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads features {@code [n, dim]} from NumPy files, versions 1 to 3, with little-endian floats in C order. */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\((\\d{1,9}), *(\\d{1,9}),?\\)");

    private final Path file;

    private NpyReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @param ids a text file with one id per line; if it does not exist, the row numbers are the ids
     * @throws ClapException if a file is damaged, of another type or shape, or the number of ids and rows differs
     */
    static FeatureMatrix read(Path file, Path ids) {
        return new NpyReader(file).read(ids);
    }

    private FeatureMatrix read(Path idsFile) {
        ByteBuffer bytes =
                ByteBuffer.wrap(InputFiles.read(file, Integer.MAX_VALUE)).order(ByteOrder.LITTLE_ENDIAN);
        String header = header(bytes);
        String type = find(TYPE, header).group(1);
        if (find(ORDER, header).group(1).equals("True")) {
            throw new ClapException(file + " is in Fortran order; save it in C order (numpy.ascontiguousarray)");
        }
        Matcher shape = find(SHAPE, header);
        int rows = Integer.parseInt(shape.group(1));
        int dim = Integer.parseInt(shape.group(2));
        int width = width(type);
        if (dim < 1 || bytes.remaining() != (long) rows * dim * width) {
            throw new ClapException(file + " should hold " + rows + "×" + dim + " values of " + width
                    + " bytes, but has " + bytes.remaining() + " bytes of data");
        }
        float[] values = new float[rows * dim];
        for (int i = 0; i < values.length; i++) {
            values[i] = width == 4
                    ? bytes.getFloat()
                    : width == 8 ? (float) bytes.getDouble() : HalfFloats.fromHalf(bytes.getShort());
        }
        return new FeatureMatrix(ids(idsFile, rows), dim, values);
    }

    private String header(ByteBuffer bytes) {
        for (byte expected : MAGIC) {
            if (!bytes.hasRemaining() || bytes.get() != expected) {
                throw new ClapException(file + " is not in NumPy's format: it should begin with \\x93NUMPY");
            }
        }
        int lengthBytes = bytes.remaining() > 0 && bytes.get() == 1 ? Short.BYTES : Integer.BYTES;
        if (bytes.remaining() < 1 + lengthBytes) {
            throw damaged();
        }
        bytes.get();
        long length = lengthBytes == Short.BYTES
                ? Short.toUnsignedInt(bytes.getShort())
                : Integer.toUnsignedLong(bytes.getInt());
        if (length > bytes.remaining()) {
            throw damaged();
        }
        byte[] header = new byte[(int) length];
        bytes.get(header);
        return new String(header, StandardCharsets.ISO_8859_1);
    }

    private ClapException damaged() {
        return new ClapException(file + " is damaged: it ends within its header");
    }

    private Matcher find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new ClapException(file + " should hold features [n, dim], but its header is " + header.strip());
        }
        return matcher;
    }

    private int width(String type) {
        return switch (type) {
            case "<f2" -> 2;
            case "<f4" -> 4;
            case "<f8" -> 8;
            default ->
                throw new ClapException(
                        file + " should hold floats (<f2, <f4 or <f8), but its values are of type " + type);
        };
    }

    private List<String> ids(Path idsFile, int rows) {
        if (!Files.exists(idsFile)) {
            return IntStream.range(0, rows).mapToObj(Integer::toString).toList();
        }
        List<String> ids = InputFiles.readLines(idsFile);
        if (ids.size() != rows) {
            throw new ClapException(idsFile + " should have an id for each of the " + rows + " rows of " + file
                    + ", but has " + ids.size());
        }
        return ids;
    }
}
