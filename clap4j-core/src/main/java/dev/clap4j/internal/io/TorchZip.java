package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** PyTorch's zip archives: a pickle and one entry for each storage, in a single top-level folder. */
final class TorchZip {
    private static final String PICKLE = "/data.pkl";
    private static final long MAX_PICKLE_BYTES = 16L << 20;

    private final Map<String, ZipEntries.Entry> entries;
    private final MappedFile content;

    private TorchZip(Map<String, ZipEntries.Entry> entries, MappedFile content) {
        this.entries = entries;
        this.content = content;
    }

    /**
     * Reads the directory and the pickle of an archive.
     *
     * @throws MalformedFile if it is damaged, or not from PyTorch
     */
    static TorchFile.Content read(FileChannel channel, MappedFile content) throws IOException {
        return new TorchZip(ZipEntries.read(channel), content).read();
    }

    private TorchFile.Content read() {
        String folder = folder();
        checkByteOrder(folder);
        ZipEntries.Entry pickle = stored(folder + PICKLE);
        if (pickle.bytes() > MAX_PICKLE_BYTES) {
            throw new MalformedFile("its pickle has " + pickle.bytes() + " bytes, the limit is " + MAX_PICKLE_BYTES);
        }
        Object root = Pickle.read(content.slice(pickle.begin(), pickle.bytes()), new TorchConstructors());
        return new TorchFile.Content(root, key -> {
            ZipEntries.Entry entry = stored(folder + "/data/" + key);
            return new TorchFile.Range(entry.begin(), entry.bytes());
        });
    }

    /** Returns the only top-level folder, named after the file to which the archive was first saved. */
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
            return; // before version 2.1, all were little-endian
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
            throw new MalformedFile("it has no entry " + Names.brief(name));
        }
        if (!entry.plain()) {
            throw new MalformedFile("its entry " + Names.brief(name)
                    + " is compressed or encrypted; PyTorch stores entries as they are. Load it in Python and save it"
                    + " again with torch.save");
        }
        return entry;
    }
}
