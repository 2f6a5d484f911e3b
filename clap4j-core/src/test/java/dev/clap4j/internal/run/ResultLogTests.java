package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultLogTests {
    @TempDir
    private Path folder;

    /** A result. */
    record Found(String name, double value) {}

    private ResultLog<String, Found> open() {
        return ResultLog.open(folder.resolve("log.jsonl"), Found.class, Found::name, "find");
    }

    @Test
    void whatWasFoundIsKnownWhenItIsOpenedAgain() throws IOException {
        ResultLog<String, Found> log = open();
        assertThat(log.all()).isEmpty();
        log.add(new Found("b", 0.1));
        log.add(new Found("a", 2));
        log.add(new Found("b", 3));
        assertThat(Files.readAllLines(folder.resolve("log.jsonl"))).hasSize(2);
        ResultLog<String, Found> again = open();
        assertThat(again.all()).containsExactly(new Found("b", 0.1), new Found("a", 2));
        assertThat(again.has("a")).isTrue();
        assertThat(again.has("c")).isFalse();
        assertThat(again.get("b")).isEqualTo(new Found("b", 0.1));
    }

    @Test
    void aLineThatWasCutShortIsDroppedAndWrittenAnew() throws IOException {
        ResultLog<String, Found> log = open();
        log.add(new Found("a", 1));
        log.add(new Found("b", 2));
        Path file = folder.resolve("log.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 5));
        ResultLog<String, Found> again = open();
        assertThat(again.all()).containsExactly(new Found("a", 1));
        again.add(new Found("b", 2));
        assertThat(file).content().isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|it has no checksum",
                "{}|it has no checksum",
                "nonsense|it has no checksum",
                "{\"name\":\"a\",\"value\":1.0}|it has no checksum",
                "{\"name\":\"a\",\"value\":1.0,\"check\":\"00000000\"}|its checksum does not match",
                "{\"name\":\"a\",\"value\":7.0,\"check\":\"34bbb5d1\"}|its checksum does not match",
                "{\"name\":\"a\",\"value\":7.0,\"check\":\"%s\"}|an earlier line says otherwise",
                "{\"name\":null,\"value\":7.0,\"check\":\"%s\"}|its name is missing",
                "{\"name\":\"b\",\"value\":null,\"check\":\"%s\"}|Cannot map `null` into type `double`",
                "{\"name\":\"b\",\"value\":\"NaN\",\"check\":\"%s\"}|its value is NaN",
                "{\"name\":\"b\",\"value\":1e300,\"check\":\"%s\"}|its value is 1.0E300",
                "{\"name\":\"b\",\"check\":\"%s\"}|",
                "{\"name\":\"b\",\"name\":\"c\",\"value\":1,\"check\":\"%s\"}|Duplicate",
            })
    void linesThatAreNotAsTheyWereWrittenAreRefused(String line, String why) throws IOException {
        open().add(new Found("a", 1));
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, Files.readString(file) + line.replace("%s", check(line)) + "\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Line 2 of " + file + " is no find: ")
                .hasMessageContaining(why == null ? "" : why)
                .hasMessageEndingWith("; delete the line to have it computed again");
    }

    /** The checksum of a line, as a hand that is more than curious could make it. */
    private static String check(String line) {
        CRC32C crc = new CRC32C();
        crc.update(line.replace(",\"check\":\"%s\"", "").getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    @Test
    void noChangedBitOfALineIsBelieved() throws IOException {
        open().add(new Found("a", 0.25));
        Path file = folder.resolve("log.jsonl");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length - 1; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            Files.write(file, changed);
            assertThatThrownBy(this::open).as("byte %d", i).isInstanceOf(ClapException.class);
        }
    }

    @Test
    void aLineThatComesTwiceCountsOnce() throws IOException {
        open().add(new Found("a", 1));
        Path file = folder.resolve("log.jsonl");
        Files.writeString(file, Files.readString(file) + Files.readString(file));
        assertThat(open().all()).containsExactly(new Found("a", 1));
    }
}
