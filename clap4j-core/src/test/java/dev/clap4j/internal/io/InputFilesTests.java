package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTests {
    @TempDir
    private Path folder;

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        Path file = Files.writeString(folder.resolve("classes.txt"), "\uFEFFdog\r\ncat\n");
        assertThat(InputFiles.readLines(file)).containsExactly("dog", "cat");
    }

    @Test
    void textMustBeUtf8() throws IOException {
        Path file = Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xE4, 'b'});
        assertThatThrownBy(() -> InputFiles.readText(file))
                .isInstanceOf(ClapException.class)
                .hasMessage("Cannot read " + file + ": it is not UTF-8 text");
    }

    @Test
    void aFileUpToTheLimitIsRead() throws IOException {
        Path file = Files.write(folder.resolve("four"), new byte[4]);
        assertThat(InputFiles.read(file, 4)).hasSize(4);
        assertThatThrownBy(() -> InputFiles.read(file, 3))
                .isInstanceOf(ClapException.class)
                .hasMessage(file + " has 4 bytes; the limit is 3");
    }

    @Test
    void whatIsNoFileIsNamed() {
        assertThatThrownBy(() -> InputFiles.read(folder, 10)).hasMessage(folder + " is a folder; a file was expected");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> InputFiles.read(absent, 10)).hasMessage("There is no file " + absent);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkToNothingIsNamed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("absent"));
        assertThatThrownBy(() -> InputFiles.read(link, 10)).hasMessage("The link " + link + " leads to no file");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pipesAndDevicesAreRefusedWithoutReading() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path zero = Files.createSymbolicLink(folder.resolve("zero.png"), Path.of("/dev/zero"));
        for (Path file : new Path[] {pipe, zero}) {
            assertThatThrownBy(() -> InputFiles.read(file, 10))
                    .isInstanceOf(ClapException.class)
                    .hasMessage(file + " is a pipe or a device; a regular file was expected");
        }
    }
}
