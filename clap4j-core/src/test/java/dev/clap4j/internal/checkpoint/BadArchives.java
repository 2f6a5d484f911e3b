package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.PickleWriter;
import dev.clap4j.internal.io.TorchArchive;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** PyTorch archives that are damaged, or packed as PyTorch never packs them. */
final class BadArchives {
    static final String PREFIX = "Cannot read {}/model.pt as a PyTorch file: ";

    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int END = 0x06054b50;

    private BadArchives() {}

    static void addTo(BadCheckpoints bad) {
        bad.add(
                "truncated archive",
                bytes(file -> Arrays.copyOf(file, file.length / 2)),
                PREFIX + "the zip archive has no end; the file is truncated, copy or download it again");
        bad.add(
                "archive of something else",
                folder -> TorchArchive.of(new byte[0])
                        .without("archive/data.pkl")
                        .with("word/document.xml", "<w/>")
                        .write(folder.resolve("model.pt")),
                PREFIX + "it is a zip archive with 0 entries data.pkl in a top folder; PyTorch's have one. It holds"
                        + " word/document.xml");
        bad.add(
                "compressed pickle",
                archive(archive -> archive.deflate("archive/data.pkl")),
                PREFIX + "its entry archive/data.pkl is compressed or encrypted; PyTorch stores entries as they are."
                        + " Load it in Python and save it again with torch.save");
        bad.add(
                "compressed weights",
                archive(archive -> archive.deflate("archive/data/0")),
                PREFIX + "its entry archive/data/0 is compressed or encrypted; PyTorch stores entries as they are."
                        + " Load it in Python and save it again with torch.save");
        bad.add(
                "big-endian weights",
                archive(archive -> archive.with("archive/byteorder", "big")),
                PREFIX + "its byte order is \"big\"; save it again on a little-endian machine");
        bad.add(
                "missing storage",
                archive(archive -> archive.without("archive/data/3")),
                PREFIX + "it has no entry archive/data/3");
        bad.add(
                "storage that is too short",
                archive(archive -> archive.with("archive/data/0", new byte[8])),
                PREFIX + "the storage of tensor token_embedding.weight should hold 640 numbers of F32, but its entry 0"
                        + " has 8 bytes");
        bad.add(
                "tensor outside its storage",
                stored(new long[] {2, 4}, new long[] {4, 1}, 1),
                PREFIX + "tensor w of shape [2, 4] with strides [4, 1] at offset 1 does not fit into its storage of 8"
                        + " numbers");
        bad.add(
                "tensor larger than its storage",
                stored(new long[] {1000000, 1000}, new long[] {0, 0}, 0),
                PREFIX + "tensor w of shape [1000000, 1000] with strides [0, 0] at offset 0 does not fit into its"
                        + " storage of 8 numbers");
        bad.add(
                "tensor before its storage",
                stored(new long[] {2, 4}, new long[] {-4, 1}, 4),
                PREFIX + "tensor w of shape [2, 4] with strides [-4, 1] at offset 4 does not fit into its storage of 8"
                        + " numbers");
        bad.add(
                "entries that overlap",
                bytes(BadArchives::withSecondEntryAtTheFirst),
                PREFIX + "entry archive/data.pkl of the zip archive overlaps archive/data/0");
        bad.add(
                "entry outside the file",
                bytes(file -> withInt(file, find(file, DIRECTORY_ENTRY, 0) + 42, 0x7FFFFFF0)),
                PREFIX + "entry archive/data.pkl of the zip archive lies outside the file; it is truncated or damaged");
        bad.add(
                "entry of absurd size",
                bytes(file -> {
                    int at = find(file, DIRECTORY_ENTRY, 0);
                    return withInt(withInt(file, at + 20, 0x7FFFFFF0), at + 24, 0x7FFFFFF0);
                }),
                PREFIX + "entry archive/data.pkl of the zip archive lies outside the file; it is truncated or damaged");
        bad.add(
                "directory outside the file",
                bytes(file -> withInt(file, find(file, END, 0) + 16, 0x7FFFFFF0)),
                PREFIX + "the zip archive's directory of 2370 bytes at byte 2147483632 does not lie within the file");
        bad.add(
                "directory that is short of an entry",
                bytes(file -> withInt(file, find(file, END, 0) + 8, 0x00010001)),
                PREFIX + "the zip archive's directory has 39 entries, but its end says 1");
    }

    private static BadCheckpoints.Maker archive(UnaryOperator<TorchArchive> change) {
        return folder ->
                change.apply(TorchArchive.of(SmallCheckpoint.tensors())).write(folder.resolve("model.pt"));
    }

    private static BadCheckpoints.Maker bytes(UnaryOperator<byte[]> change) {
        return folder -> {
            Path path = TorchArchive.of(SmallCheckpoint.tensors()).write(folder.resolve("model.pt"));
            return Files.write(path, change.apply(Files.readAllBytes(path)));
        };
    }

    /** A state dict of one tensor in a storage of eight numbers. */
    private static BadCheckpoints.Maker stored(long[] shape, long[] strides, long offset) {
        PickleWriter pickle = new PickleWriter().emptyDict().mark().text("w");
        pickle.tensor("FloatStorage", "0", 8, offset, shape, strides).setItems();
        return folder -> TorchArchive.of(pickle.stop())
                .with("archive/data/0", new byte[32])
                .write(folder.resolve("model.pt"));
    }

    private static byte[] withSecondEntryAtTheFirst(byte[] file) {
        int second = find(file, DIRECTORY_ENTRY, find(file, DIRECTORY_ENTRY, 0) + 1);
        return withInt(file, second + 42, 0);
    }

    private static byte[] withInt(byte[] file, int at, int value) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return file;
    }

    private static int find(byte[] file, int signature, int from) {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = from;
        while (buffer.getInt(at) != signature) {
            at++;
        }
        return at;
    }

    /** An archive of that pickle. */
    static BadCheckpoints.Maker pickle(PickleWriter pickle) {
        return folder -> TorchArchive.of(pickle.stop()).write(folder.resolve("model.pt"));
    }
}
