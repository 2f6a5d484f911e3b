package dev.clap4j.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.clap4j.ClapException;
import dev.clap4j.Faults;
import dev.clap4j.head.Head;
import dev.clap4j.internal.io.PickleWriter;
import dev.clap4j.internal.io.TorchArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A small file costs little memory and time, whatever it says. */
class SmallFileCostTests {
    /** Of everything that is allocated on the way, freed again or not. */
    private static final long MOST_BYTES = 64L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    private static void cheaplyRefused(Runnable reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(reading::run).isInstanceOf(ClapException.class);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    @Test
    void layersWithoutEnd() {
        Path head = Faults.file("small-file-much-memory/repeat-2147483647.safetensors");
        cheaplyRefused(() -> Head.load(head));
    }

    @Test
    void namesThatGrow() {
        Path file = Faults.file("small-file-much-memory/amp_90KB_x_12000.pt");
        cheaplyRefused(() -> Checkpoint.open(file));
    }

    /** Each of these operations takes one byte of the pickle, and makes a value. */
    @TestFactory
    Stream<DynamicTest> picklesOfOneOperation() {
        return IntStream.of('N', '}', ']', ')', 0x8f, '2', 0x85)
                .mapToObj(operation -> DynamicTest.dynamicTest("operation " + Integer.toHexString(operation), () -> {
                    byte[] pickle = new byte[1 << 20];
                    Arrays.fill(pickle, (byte) operation);
                    pickle[0] = (byte) 0x80;
                    pickle[1] = 2;
                    pickle[2] = 'N';
                    Path file = TorchArchive.of(pickle).write(folder.resolve("model.pt"));
                    cheaplyRefused(() -> Checkpoint.open(file));
                }));
    }

    @Test
    void picklesThatRememberEverything() {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 4, 'N'});
        for (int i = 0; i < 300_000; i++) {
            pickle.write(0x94); // MEMOIZE
        }
        Path file = TorchArchive.of(pickle.toByteArray()).write(folder.resolve("model.pt"));
        cheaplyRefused(() -> Checkpoint.open(file));
    }

    /** The same dictionary 40,000 times under other names. */
    @Test
    void tensorsThatMultiply() {
        PickleWriter pickle = new PickleWriter().emptyDict().mark();
        for (int i = 0; i < 1_000; i++) {
            pickle.text("t" + i).tensor("FloatStorage", "0", 4, 0, new long[] {4}, new long[] {1});
        }
        pickle.setItems().op('q', 0, '0').emptyDict().mark();
        for (int i = 0; i < 1_000; i++) {
            pickle.text("m" + i).op('h', 0);
        }
        Path file = TorchArchive.of(pickle.setItems().stop())
                .with("archive/data/0", new byte[16])
                .write(folder.resolve("model.pt"));
        cheaplyRefused(() -> Checkpoint.open(file));
    }

    @Test
    void headersOfManyTensors() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; header.length() < 1 << 20; i++) {
            header.append(i == 0 ? "" : ",")
                    .append("\"" + i + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(
                folder.resolve("model.safetensors"),
                ByteBuffer.allocate(8 + json.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());
        cheaplyRefused(() -> Checkpoint.open(file));
    }

    @Test
    void indexesOfManyTensors() throws IOException {
        BadCheckpoints.write(folder.resolve("s"), SmallCheckpoint.tensors());
        StringBuilder index = new StringBuilder("{\"weight_map\":{");
        for (int i = 0; index.length() < 1 << 20; i++) {
            index.append(i == 0 ? "" : ",").append("\"" + i + "\":\"s\"");
        }
        Path file = Files.writeString(folder.resolve("model.safetensors.index.json"), index + "}}");
        cheaplyRefused(() -> Checkpoint.open(file));
    }

    @Test
    void configurationsOfManyKeys() throws IOException {
        BadCheckpoints.write(folder.resolve("model.safetensors"), SmallCheckpoint.huggingFaceTensors());
        StringBuilder config = new StringBuilder("{");
        for (int i = 0; config.length() < 1 << 20; i++) {
            config.append(i == 0 ? "" : ",").append("\"" + i + "\":[]");
        }
        Files.writeString(folder.resolve("config.json"), config + "}");
        cheaplyRefused(() -> Checkpoint.open(folder));
    }

    @Test
    void archivesOfManyEntries() {
        TorchArchive archive = TorchArchive.of(new PickleWriter().emptyDict().stop());
        for (int i = 0; i < 5_000; i++) {
            archive.with("archive/data/" + i, new byte[0]);
        }
        Path file = archive.write(folder.resolve("model.pt"));
        cheaplyRefused(() -> Checkpoint.open(file));
    }
}
