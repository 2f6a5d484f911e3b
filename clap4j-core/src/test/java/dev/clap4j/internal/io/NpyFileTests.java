package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTests {
    @TempDir
    private Path folder;

    private Path npy(int version, String header, byte[] data) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version);
        bytes.put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(data);
        byte[] written = new byte[bytes.position()];
        bytes.get(0, written);
        return Files.write(folder.resolve("a.npy"), written);
    }

    private static String header(String type, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }   \n";
    }

    private static byte[] longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return bytes.array();
    }

    @Test
    void readsIntegersOfOneDimension() throws IOException {
        for (int version = 1; version <= 3; version++) {
            TensorData read = NpyFile.read(npy(version, header("<i8", "(3,)"), longs(2, 0, -1)), "labels");
            assertThat(read.shape()).containsExactly(3);
            assertThat(read.toLongs()).containsExactly(2, 0, -1);
        }
        assertThat(NpyFile.read(npy(1, header("|u1", "(2,)"), new byte[] {1, (byte) 200}), "labels")
                        .toLongs())
                .containsExactly(1, 200);
    }

    @Test
    void readsFloatsOfAnyShape() throws IOException {
        byte[] halves = {0, 0x3C, 0, 0x40};
        assertThat(NpyFile.read(npy(1, header("<f2", "(1, 2)"), halves), "x").toFloats())
                .containsExactly(1, 2);
        assertThat(NpyFile.read(npy(1, header("<f2", "(0, 2)"), new byte[0]), "x")
                        .shape())
                .containsExactly(0, 2);
        assertThat(NpyFile.read(npy(1, header("<f2", "()"), new byte[2]), "x").shape())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <f4 | (2, 2)                   | should hold 2×2 values of 4 bytes, but has 8 bytes of data
                    <f4 | (9999999999, 9999999999) | should hold 9999999999×9999999999 values of 4 bytes, but has 8
                    >f4 | (2,)                     | has values of type >f4; known types are <f2, <f4, <f8, <i2
                    '|O' | (2,)                    | has values of type |O
                    <f4 | (a,)                     | should hold an array of numbers, but its header is
                    <f4 | (99999999999,)           | should hold an array of numbers, but its header is
                    """)
    void refusesOtherArrays(String type, String shape, String reason) throws IOException {
        Path file = npy(1, header(type, shape), new byte[8]);
        assertThatThrownBy(() -> NpyFile.read(file, "x"))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(file + " " + reason);
    }

    @Test
    void refusesFortranOrder() throws IOException {
        Path file = npy(1, header("<f4", "(1, 2)").replace("False", "True"), new byte[8]);
        assertThatThrownBy(() -> NpyFile.read(file, "x"))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " is in Fortran order; save it in C order (numpy.ascontiguousarray)");
    }

    @Test
    void refusesEveryBeginningOfAFile() throws IOException {
        byte[] whole = Files.readAllBytes(npy(1, header("<i8", "(1,)"), longs(7)));
        for (int size = 0; size < whole.length; size++) {
            byte[] part = Arrays.copyOf(whole, size);
            Path file = Files.write(folder.resolve("part.npy"), part);
            assertThatThrownBy(() -> NpyFile.read(file, "x")).isInstanceOf(ClapException.class);
        }
    }

    @Test
    void refusesAHeaderOfImpossibleLength() throws IOException {
        Path file = npy(2, header("<i8", "(1,)"), longs(7));
        byte[] bytes = Files.readAllBytes(file);
        bytes[11] = (byte) 0xFF;
        Files.write(file, bytes);
        assertThatThrownBy(() -> NpyFile.read(file, "x"))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " is damaged: it ends within its header");
    }

    @Test
    void anyDamageIsReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(npy(1, header("<f4", "(2, 2)"), longs(1, 2)));
        Random random = new Random(0);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Path file = Files.write(folder.resolve("damaged.npy"), bytes);
            try {
                assertThat(NpyFile.read(file, "x").elements()).isLessThan(20);
            } catch (ClapException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1900);
    }
}
