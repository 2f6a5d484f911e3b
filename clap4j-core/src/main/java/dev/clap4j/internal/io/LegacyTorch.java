package dev.clap4j.internal.io;

import dev.clap4j.internal.io.PickleValues.Dict;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before version 1.6: five pickles (a magic number, the version, facts about the machine, the value,
 * the keys of the storages in order), then for each storage its number of elements and the elements.
 */
final class LegacyTorch {
    /** The pickled magic number, in the protocol used by all such files. */
    static final String START = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

    private static final long VERSION = 1001;

    /** Size limit of all pickles together. */
    private static final long MAX_PICKLE_BYTES = 16L << 20;

    private final MappedFile file;
    private final long fileBytes;
    private final ByteBuffer pickles;
    private final TorchConstructors constructors = new TorchConstructors();

    private LegacyTorch(MappedFile file, long fileBytes) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.pickles = file.slice(0, Math.min(fileBytes, MAX_PICKLE_BYTES));
    }

    /**
     * Reads the pickles and locates the storages.
     *
     * @throws MalformedFile if the file is damaged
     */
    static TorchFile.Content read(MappedFile file, long fileBytes) {
        return new LegacyTorch(file, fileBytes).read();
    }

    private TorchFile.Content read() {
        pickle(); // the magic number
        if (!(pickle() instanceof Long version) || version != VERSION) {
            throw new MalformedFile("it is not version " + VERSION + " of PyTorch's old format");
        }
        if (pickle() instanceof Dict machine
                && Boolean.FALSE.equals(machine.entries().get("little_endian"))) {
            throw new MalformedFile("its byte order is \"big\"; save it again on a little-endian machine");
        }
        Object root = pickle();
        if (!(pickle() instanceof List<?> keys)) {
            throw new MalformedFile("it has no list of storages");
        }
        Map<String, TorchFile.Range> ranges = storages(keys);
        return new TorchFile.Content(root, key -> {
            TorchFile.Range range = ranges.get(key);
            if (range == null) {
                throw new MalformedFile("it has no storage " + Names.brief(key));
            }
            return range;
        });
    }

    private Object pickle() {
        return Pickle.read(pickles, constructors);
    }

    /** Locates the storages; their element sizes are known only from the references to them. */
    private Map<String, TorchFile.Range> storages(List<?> keys) {
        Map<String, TorchFile.Range> ranges = new HashMap<>();
        long at = pickles.position();
        for (Object key : keys) {
            DataType type = key instanceof String ? constructors.storages().get(key) : null;
            String name = Names.brief(String.valueOf(key));
            if (type == null) {
                throw new MalformedFile("its storage " + name + " is of a type that cannot be read, or of no tensor");
            }
            if (at > fileBytes - Long.BYTES) {
                throw new MalformedFile("it is truncated before its storage " + name);
            }
            long elements = file.slice(at, Long.BYTES).getLong();
            at += Long.BYTES;
            if (elements < 0 || elements > (fileBytes - at) / type.bytes()) {
                throw new MalformedFile("its storage " + name + " should hold " + elements + " numbers of " + type
                        + ", but the file has only " + (fileBytes - at) + " more bytes; it is truncated or damaged");
            }
            ranges.put((String) key, new TorchFile.Range(at, elements * type.bytes()));
            at += elements * type.bytes();
        }
        return ranges;
    }
}
