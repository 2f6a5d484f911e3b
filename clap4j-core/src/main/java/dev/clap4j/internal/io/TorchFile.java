package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.PickleValues.Storage;
import dev.clap4j.internal.io.PickleValues.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tensors of a PyTorch file: a state dict, a training checkpoint that holds one, or a TorchScript module; either a
 * zip archive ({@code torch.save} since version 1.6, {@code torch.jit.save}) or in the earlier format.
 *
 * <p>The pickle is read by {@link Pickle}, which executes nothing; tensors are mapped directly from the file. The
 * device from which a tensor was saved ({@code cuda:0}) is ignored.
 */
public final class TorchFile implements TensorFile {
    private static final Logger LOG = LoggerFactory.getLogger(TorchFile.class);

    private final Path path;
    private final MappedFile content;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Map<String, String> unreadable = Map.of();

    private record Place(TensorInfo info, StoredTensor tensor, long begin) {}

    /**
     * The content common to both formats.
     *
     * @param root the pickled value
     * @param storages the position of each storage, by key
     */
    record Content(Object root, Function<String, Range> storages) {}

    /** A range of bytes of the file. */
    record Range(long begin, long bytes) {}

    private TorchFile(Path path, long size) {
        this.path = path;
        this.content = new MappedFile(path, size);
    }

    /**
     * Reads the pickle and checks that every tensor lies within its storage.
     *
     * @throws ClapException if the file cannot be read, is damaged, or holds its tensors in objects that only Python
     *     could make
     */
    public static TorchFile open(Path path) {
        InputFiles.requireRegular(path);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            TorchFile file = new TorchFile(path, channel.size());
            Content found = FileKind.of(path) == FileKind.PYTORCH_LEGACY
                    ? LegacyTorch.read(file.content, channel.size())
                    : TorchZip.read(channel, file.content);
            file.take(found);
            return file;
        } catch (MalformedFile e) {
            throw new ClapException("Cannot read " + path + " as a PyTorch file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }

    private void take(Content found) {
        TorchTensors tensors = TorchTensors.find(found.root());
        tensors.tensors().forEach((name, tensor) -> places.put(name, place(found, name, tensor)));
        unreadable = tensors.unreadable();
        if (!tensors.ignored().isEmpty()) {
            LOG.warn(Names.printable(path + ": it holds several sets of weights; using " + tensors.taken() + ", not "
                    + String.join(", ", tensors.ignored())));
        }
    }

    private Place place(Content found, String name, StoredTensor tensor) {
        Storage storage = tensor.storage();
        Range range = found.storages().apply(storage.key());
        long size = storage.type().bytes();
        if (storage.elements() < 0
                || storage.first() < 0
                || storage.elements() > range.bytes() / size
                || storage.first() > range.bytes() / size - storage.elements()
                || (storage.first() == 0 && range.bytes() != storage.elements() * size)) {
            throw new MalformedFile("the storage of tensor " + name + " should hold " + storage.elements()
                    + " numbers of " + storage.type() + ", but its entry " + storage.key() + " has " + range.bytes()
                    + " bytes");
        }
        if (!TorchTensors.isWithinStorage(tensor)) {
            throw new MalformedFile("tensor " + name + " of shape " + Arrays.toString(tensor.shape()) + " with strides "
                    + Arrays.toString(tensor.strides()) + " at offset " + tensor.offset()
                    + " does not fit into its storage of " + storage.elements() + " numbers");
        }
        TensorInfo info = new TensorInfo(name, storage.type(), tensor.shape());
        return new Place(info, tensor, range.begin() + storage.first() * size);
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

    /** Returns a tensor: a view of the mapped file, or a copy if its elements are not contiguous. */
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

    @Override
    public Map<String, String> unreadable() {
        return Collections.unmodifiableMap(unreadable);
    }

    private Place find(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new ClapException(path + " has no tensor " + name + "; it has " + Names.preview(places.keySet()));
        }
        return place;
    }
}
