package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestStoreTests {
    private static final int ENTRIES = 3000;

    @TempDir
    private Path folder;

    @Test
    void aStoreThatWasNeverWrittenMakesNoFile() {
        assertThat(store().get(key(1))).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void entriesAreFoundByAnotherStoreOfTheSameFile() {
        fill(store());
        assertThat(known(store())).isEqualTo(ENTRIES);
        assertThat(store().get(key(ENTRIES))).isEmpty();
    }

    @Test
    void aNewDigestReplacesTheOld() {
        DigestStore store = store();
        store.put(key(1), key(2));
        store.put(key(1), key(3));
        assertThat(store().get(key(1))).contains(key(3));
    }

    /** Entries that share a bucket of 16 push one another out; the file does not grow. */
    @Test
    void theFileIsBounded() throws IOException {
        DigestStore store = store();
        byte[][] crowd = IntStream.range(0, 100).mapToObj(DigestStoreTests::key).toArray(byte[][]::new);
        for (byte[] key : crowd) {
            key[0] = (byte) 0xFF;
            key[1] = (byte) 0xFF;
            store.put(key, key);
        }
        assertThat(IntStream.range(0, 100).filter(i -> store.get(crowd[i]).isPresent()))
                .hasSize(16)
                .contains(99);
        assertThat(Files.size(file())).isLessThanOrEqualTo(42_000_000);
    }

    /** Whatever is damaged is forgotten, never taken for something else, and written again. */
    @Test
    void damagedEntriesAreForgottenAndWrittenAgain() throws IOException {
        fill(store());
        byte[] bytes = Files.readAllBytes(file());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < bytes.length / 100; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file(), bytes);
        int known = known(store());
        assertThat(known).isBetween(1000, ENTRIES - 100);
        fill(store());
        assertThat(known(store())).isEqualTo(ENTRIES);
    }

    @Test
    void aFileThatWasCutOffKeepsTheRest() throws IOException {
        fill(store());
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length / 2 + 7));
        assertThat(known(store())).isBetween(1000, 2000);
        Files.write(file(), new byte[0]);
        assertThat(known(store())).isZero();
        fill(store());
        assertThat(known(store())).isEqualTo(ENTRIES);
    }

    /** Stores that know nothing of each other, as those of two processes. */
    @Test
    void manyMayWriteAtOnce() {
        IntStream.range(0, 8).parallel().forEach(i -> fill(store()));
        assertThat(known(store())).isEqualTo(ENTRIES);
    }

    @Test
    void whereThereCanBeNoFileNothingIsRemembered() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "").resolve("digests");
        remembersNothing(new DigestStore(blocked));
        Files.createDirectory(file());
        remembersNothing(store());
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "precious");
        Files.createSymbolicLink(file(), other);
        remembersNothing(store());
        assertThat(other).hasContent("precious");
    }

    private static void remembersNothing(DigestStore store) {
        store.put(key(1), key(2));
        assertThat(store.get(key(1))).isEmpty();
    }

    private Path file() {
        return folder.resolve("digests");
    }

    private DigestStore store() {
        return new DigestStore(file());
    }

    private static void fill(DigestStore store) {
        IntStream.range(0, ENTRIES).forEach(i -> store.put(key(i), key(-i)));
    }

    /** How many entries are known, all of which are right. */
    private static int known(DigestStore store) {
        int known = 0;
        for (int i = 0; i < ENTRIES; i++) {
            var digest = store.get(key(i));
            if (digest.isPresent()) {
                assertThat(digest).contains(key(-i));
                known++;
            }
        }
        return known;
    }

    private static byte[] key(int number) {
        return HexFormat.of().parseHex(Digests.of("key " + number));
    }
}
