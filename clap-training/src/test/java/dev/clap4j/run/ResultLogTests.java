package dev.clap4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void somethingElseIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"name\":\"a\",\"value\":1}\nnonsense\n");
        assertThatThrownBy(this::open)
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith("Line 2 of " + file + " is no find, at line 1")
                .hasMessageEndingWith("; start anew with --overwrite");
    }
}
