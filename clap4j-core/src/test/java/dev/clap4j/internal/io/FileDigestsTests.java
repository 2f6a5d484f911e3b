package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTests {
    @TempDir
    private Path folder;

    private Path cache;
    private Path file;

    @BeforeEach
    void makeFile() throws IOException {
        cache = folder.resolve("cache");
        file = Files.writeString(folder.resolve("file"), "abc");
    }

    /** The first half of SHA-256 as FIPS 180-2, appendix B.1, has it for "abc". */
    @Test
    void aDigestIsOfTheWholeContent() throws IOException {
        assertThat(later().of(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
        byte[] large = new byte[(3 << 20) + 5];
        new SplittableRandom(1).nextBytes(large);
        Files.write(file, large);
        assertThat(later().of(file)).isEqualTo(Digests.of(large));
        assertThat(later().of(Files.write(file, new byte[0]))).isEqualTo(Digests.of(""));
    }

    /** A memory that is wrong on purpose shows that it is asked. */
    @Test
    void aDigestIsRemembered() throws IOException {
        later().of(file);
        assertThat(new DigestStore(memory()).get(FileDigests.key("", List.of(FileStamp.of(file)))))
                .contains(bytes(Digests.of("abc")));
        new DigestStore(memory()).put(FileDigests.key("", List.of(FileStamp.of(file))), bytes(Digests.of("xyz")));
        assertThat(later().of(file)).isEqualTo(Digests.of("xyz"));
    }

    @Test
    void aFileThatWasJustWrittenIsNotRemembered() {
        assertThat(FileDigests.in(cache).of(file)).isEqualTo(Digests.of("abc"));
        assertThat(memory()).doesNotExist();
    }

    /** The clock of a file system ticks some hundred times a second: changes within a tick leave no sign. */
    @Test
    void quickChangesOfTheSameLengthAreSeen() throws IOException {
        FileDigests digests = FileDigests.in(cache);
        for (int i = 100; i < 400; i++) {
            Files.writeString(file, "text " + i);
            assertThat(digests.of(file)).isEqualTo(Digests.of("text " + i));
        }
    }

    /** As {@code touch -r} or an archiver does it. */
    @Test
    void aChangeWhoseTimeWasPutBackIsSeen() throws IOException, InterruptedException {
        FileTime time = Files.getLastModifiedTime(file);
        later().of(file);
        Thread.sleep(20);
        Files.writeString(file, "xyz");
        Files.setLastModifiedTime(file, time);
        assertThat(later().of(file)).isEqualTo(Digests.of("xyz"));
    }

    @Test
    void anotherFileOfTheSameNameSizeAndTimeIsSeen() throws IOException {
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        Path other = Files.writeString(folder.resolve("other"), "xyz");
        Files.setLastModifiedTime(file, time);
        Files.setLastModifiedTime(other, time);
        later().of(file);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(later().of(file)).isEqualTo(Digests.of("xyz"));
    }

    @Test
    void aDamagedMemoryIsIgnoredAndRepaired() throws IOException {
        later().of(file);
        byte[] whole = Files.readAllBytes(memory());
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, (byte) 0x5A);
        Files.write(memory(), damaged);
        assertThat(later().of(file)).isEqualTo(Digests.of("abc"));
        assertThat(Arrays.mismatch(Files.readAllBytes(memory()), damaged)).isNotNegative();
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        Files.writeString(cache, "a file where the folder should be");
        assertThat(later().of(file)).isEqualTo(Digests.of("abc"));
    }

    @Test
    void manyThreadsMayAskAtOnce() throws IOException {
        for (int i = 0; i < 200; i++) {
            Files.writeString(folder.resolve("file" + i), "text " + i);
        }
        FileDigests one = later();
        FileDigests other = later();
        IntStream.range(0, 4000).parallel().forEach(i -> {
            int number = i * 7919 % 200;
            assertThat((i % 2 == 0 ? one : other).of(folder.resolve("file" + number)))
                    .isEqualTo(Digests.of("text " + number));
        });
    }

    @Test
    void onlyRegularFilesHaveADigest() {
        assertThatThrownBy(() -> later().of(folder))
                .isInstanceOf(ClapException.class)
                .hasMessage(folder + " is a folder; a file was expected");
        assertThatThrownBy(() -> later().of(folder.resolve("none")))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no file " + folder.resolve("none"));
    }

    private static byte[] bytes(String digest) {
        return HexFormat.of().parseHex(digest);
    }

    private Path memory() {
        return cache.resolve("file-digests-1");
    }

    /** When the file has settled. */
    private FileDigests later() {
        return new FileDigests(new DigestStore(memory()), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));
    }
}
