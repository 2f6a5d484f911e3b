package dev.clap4j.io;

import dev.clap4j.ClapException;
import dev.clap4j.io.PickleValues.Storage;
import dev.clap4j.io.PickleValues.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a PyTorch zip archive ({@code torch.save} since version 1.6, {@code torch.jit.save}): a state dict, a
 * training checkpoint that holds one, or a TorchScript module.
 *
 * <p>The archive's pickle is read by {@link Pickle}, which runs nothing; tensors are mapped straight from the archive.
 * Where a tensor lay when it was saved ({@code cuda:0}) does not matter.
 */
public final class TorchFile implements TensorFile {
    private static final String PICKLE = "/data.pkl";
    private static final long MAX_PICKLE_BYTES = 16L << 20;

    private final Path path;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Map<String, ZipEntries.Entry> entries = Map.of();
    private MappedFile content;

    private record Place(TensorInfo info, StoredTensor tensor, long begin) {}

    private TorchFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the archive's directory and pickle and checks that every tensor lies within its storage.
     *
     * @throws ClapException if the file cannot be read, is damaged, or asks for anything but tensors
     */
    public static TorchFile open(Path path) {
        TorchFile file = new TorchFile(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            file.content = new MappedFile(path, channel.size());
            file.entries = ZipEntries.read(channel);
            file.readTensors();
        } catch (MalformedFile e) {
            throw new ClapException("Cannot read " + path + " as a PyTorch file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
        return file;
    }

    private void readTensors() {
        String folder = folder();
        checkByteOrder(folder);
        ZipEntries.Entry pickle = stored(folder + PICKLE);
        if (pickle.bytes() > MAX_PICKLE_BYTES) {
            throw new MalformedFile("its pickle has " + pickle.bytes() + " bytes, the limit is " + MAX_PICKLE_BYTES);
        }
        Object root = Pickle.read(content.slice(pickle.begin(), pickle.bytes()), new TorchConstructors());
        TorchTensors.find(root).forEach((name, tensor) -> places.put(name, place(folder, name, tensor)));
    }

    /** The archive's one top folder, named after the file it was first saved as. */
    private String folder() {
        List<String> folders = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .toList();
        if (folders.size() != 1) {
            throw new MalformedFile("it is a zip archive with " + folders.size()
                    + " entries data.pkl in a top folder; PyTorch's have one. It holds "
                    + Names.preview(entries.keySet()));
        }
        return folders.get(0);
    }

    private void checkByteOrder(String folder) {
        if (!entries.containsKey(folder + "/byteorder")) {
            return; // before version 2.1 all were little-endian
        }
        ZipEntries.Entry entry = stored(folder + "/byteorder");
        ByteBuffer text = content.slice(entry.begin(), Math.min(entry.bytes(), 16));
        String order = StandardCharsets.US_ASCII.decode(text).toString();
        if (!order.equals("little")) {
            throw new MalformedFile("its byte order is \"" + order.replaceAll("\\p{Cntrl}", "?")
                    + "\"; save it again on a little-endian machine");
        }
    }

    private ZipEntries.Entry stored(String name) {
        ZipEntries.Entry entry = entries.get(name);
        if (entry == null) {
            throw new MalformedFile("it has no entry " + name);
        }
        if (!entry.plain()) {
            throw new MalformedFile("its entry " + name
                    + " is compressed or encrypted; PyTorch stores entries as they are. Load it in Python and save it"
                    + " again with torch.save");
        }
        return entry;
    }

    private Place place(String folder, String name, StoredTensor tensor) {
        Storage storage = tensor.storage();
        ZipEntries.Entry entry = stored(folder + "/data/" + storage.key());
        TensorInfo info = new TensorInfo(name, storage.type(), tensor.shape());
        if (storage.elements() < 0
                || storage.elements() > Long.MAX_VALUE / 16
                || entry.bytes() != storage.elements() * storage.type().bytes()) {
            throw new MalformedFile(
                    "the storage of tensor " + name + " should hold " + storage.elements() + " numbers of "
                            + storage.type() + ", but its entry " + entry.name() + " has " + entry.bytes() + " bytes");
        }
        if (!TorchTensors.isWithinStorage(tensor)) {
            throw new MalformedFile("tensor " + name + " of shape " + Arrays.toString(tensor.shape()) + " with strides "
                    + Arrays.toString(tensor.strides()) + " at offset " + tensor.offset()
                    + " does not fit into its storage of " + storage.elements() + " numbers");
        }
        return new Place(info, tensor, entry.begin());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return find(name).info;
    }

    /** The tensor: a view of the mapped archive, or a copy if its elements do not lie in order. */
    @Override
    public TensorData get(String name) {
        Place place = find(name);
        StoredTensor tensor = place.tensor;
        int size = tensor.storage().type().bytes();
        if (TorchTensors.isContiguous(tensor)) {
            ByteBuffer bytes = content.slice(place.begin + tensor.offset() * size, place.info.elements() * size);
            return new TensorData(name, place.info.type(), place.info.shape(), bytes);
        }
        ByteBuffer storage = content.slice(place.begin, tensor.storage().elements() * size);
        return new TensorData(name, place.info.type(), place.info.shape(), TorchTensors.copyInOrder(tensor, storage));
    }

    private Place find(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + Names.preview(places.keySet()));
        }
        return place;
    }
}
