package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads NumPy files, versions 1 to 3: one array of little-endian numbers in C order. */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER_BYTES = 1 << 16;
    private static final Pattern TYPE = Pattern.compile("'descr': *'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(((?:\\d{1,10}(?:, *|(?=\\)))){0,8})\\)");
    private static final Map<String, DataType> TYPES = Map.of(
            "<f2", DataType.F16,
            "<f4", DataType.F32,
            "<f8", DataType.F64,
            "<i8", DataType.I64,
            "<i4", DataType.I32,
            "<i2", DataType.I16,
            "|i1", DataType.I8,
            "|u1", DataType.U8,
            "|b1", DataType.BOOL);

    private final Path file;

    private NpyFile(Path file) {
        this.file = file;
    }

    /**
     * Returns the array, memory-mapped.
     *
     * @param name the tensor's name in error messages
     * @throws ClapException if the file cannot be read, is damaged or in Fortran order, or its numbers are of an unknown
     *     type
     */
    public static TensorData read(Path file, String name) {
        InputFiles.requireRegular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new NpyFile(file).read(channel, name);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    private TensorData read(FileChannel channel, String name) throws IOException {
        String header = header(channel);
        DataType type = type(find(TYPE, header).group(1));
        if (find(ORDER, header).group(1).equals("True")) {
            throw new ClapException(file + " is in Fortran order; save it in C order (numpy.ascontiguousarray)");
        }
        long[] shape = Stream.of(find(SHAPE, header).group(1).split(", *"))
                .filter(extent -> !extent.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        long begin = channel.position();
        long bytes = channel.size() - begin;
        if (bytes != bytes(shape, type)) {
            throw new ClapException(file + " should hold "
                    + LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining("×")) + " values of "
                    + type.bytes() + " bytes, but has " + bytes + " bytes of data");
        }
        return new TensorData(name, type, shape, new MappedFile(file, channel.size()).slice(begin, bytes));
    }

    /** Returns the size of the data; the largest number if it is larger than that. */
    private static long bytes(long[] shape, DataType type) {
        try {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Reads the header, and leaves the channel at the first number. */
    private String header(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(bytes(channel, MAGIC.length + 2));
        byte[] magic = new byte[MAGIC.length];
        start.get(magic, 0, Math.min(magic.length, start.remaining()));
        if (!Arrays.equals(magic, MAGIC)) {
            throw new ClapException(file + " is not in NumPy's format: it should begin with \\x93NUMPY");
        }
        boolean first = start.hasRemaining() && start.get() == 1;
        ByteBuffer size = ByteBuffer.wrap(bytes(channel, first ? Short.BYTES : Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (size.remaining() < (first ? Short.BYTES : Integer.BYTES)) {
            throw damaged();
        }
        long length = first ? Short.toUnsignedInt(size.getShort()) : Integer.toUnsignedLong(size.getInt());
        if (length > MAX_HEADER_BYTES || length > channel.size() - channel.position()) {
            throw damaged();
        }
        return new String(bytes(channel, (int) length), StandardCharsets.ISO_8859_1);
    }

    /** Reads so many bytes, or fewer at the end of the file. */
    private static byte[] bytes(FileChannel channel, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // The channel may give less than asked for.
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ClapException damaged() {
        return new ClapException(file + " is damaged: it ends within its header");
    }

    private Matcher find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new ClapException(
                    file + " should hold an array of numbers, but its header is " + Names.brief(header.strip()));
        }
        return matcher;
    }

    private DataType type(String name) {
        DataType type = TYPES.get(name);
        if (type == null) {
            throw new ClapException(file + " has values of type " + Names.brief(name) + "; known types are "
                    + TYPES.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return type;
    }
}
