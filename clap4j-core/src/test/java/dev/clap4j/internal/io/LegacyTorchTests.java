package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyTorchTests {
    private static final List<TensorData> TENSORS =
            List.of(TensorData.of("w", new float[] {1, 2, 3, 4}, 2, 2), TensorData.of("n", new long[] {5}, 1));

    @TempDir
    private Path folder;

    @Test
    void tensorsAreFoundBehindThePickles() throws IOException {
        TensorFile file = TensorFile.open(LegacyArchive.of(TENSORS).write(folder.resolve("model.pt")));
        assertThat(file).isInstanceOf(TorchFile.class);
        assertThat(file.names()).containsExactly("w", "n");
        assertThat(file.get("w").toFloats()).containsExactly(1, 2, 3, 4);
        assertThat(file.get("n").toLongs()).containsExactly(5);
    }

    /** Before PyTorch 0.4 a storage could be a view of another. */
    @Test
    void aViewOfAStorageIsRead() throws IOException {
        PickleWriter pickle = new PickleWriter().emptyDict().text("w");
        pickle.global("torch._utils", "_rebuild_tensor").mark();
        pickle.mark()
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .integer(4);
        pickle.mark().text("view").integer(1).integer(2).tuple().tuple().op('Q');
        pickle.integer(1).integers(1).integers(1).tuple().reduce().op('s');
        byte[] numbers = new byte[16];
        TENSORS.get(0).bytes().get(numbers);
        Path path = new LegacyArchive(pickle.stop()).with("0", 4, numbers).write(folder.resolve("model.pt"));
        assertThat(TensorFile.open(path).get("w").toFloats()).containsExactly(3);
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        refused(LegacyArchive.of(TENSORS).version(1002).bytes(), "it is not version 1001 of PyTorch's old format");
        refused(
                LegacyArchive.of(TENSORS).bigEndian().bytes(),
                "its byte order is \"big\"; save it again on a little-endian machine");
        refused(
                LegacyArchive.of(TENSORS).with("7", 1, new byte[4]).bytes(),
                "its storage 7 is of a type that cannot be read, or of no tensor");
        refused(
                new LegacyArchive(new PickleWriter().stateDict(TENSORS).stop())
                        .with("0", 4, new byte[16])
                        .bytes(),
                "it has no storage 1");
        refused(
                new LegacyArchive(new PickleWriter().stateDict(TENSORS).stop())
                        .with("0", 1L << 60, new byte[16])
                        .bytes(),
                "its storage 0 should hold 1152921504606846976 numbers of F32, but the file has only 16 more bytes; it is"
                        + " truncated or damaged");
        byte[] whole = LegacyArchive.of(TENSORS).bytes();
        refused(Arrays.copyOf(whole, whole.length - 9), "it is truncated before its storage 1");
        refused(Arrays.copyOf(whole, 20), "its pickle ends too early");
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Path path = Files.write(folder.resolve("bad.pt"), bytes);
        assertThatThrownBy(() -> TensorFile.open(path))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot read " + path + " as a PyTorch file: " + message);
    }
}
