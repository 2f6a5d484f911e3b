package dev.clap4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTests {
    /** A name of so many characters fits into a file's name, even if each of its bytes is written as an escape. */
    private static final int SHORT = 25;

    /** Names that are forbidden, or mean something else, on one system or another. */
    private static final List<String> NASTY = List.of(
            "",
            " ",
            ".",
            "..",
            "...",
            "/",
            "\\",
            "a /../../EVIL",
            "a\n/../../EVIL",
            "..\\..\\evil",
            "/etc/passwd",
            "C:",
            "C:\\x",
            "a:b",
            "a*b?",
            "<a>",
            "\"a\"",
            "a|b",
            "%",
            "%2F",
            "%25",
            "%%",
            "a.",
            "a ",
            "a. .",
            ".hidden",
            "~",
            "-rf",
            "CON",
            "con",
            "nul.txt",
            "Aux.tar.gz",
            "COM1",
            "lpt9.x",
            "COM¹",
            "con ",
            "CON\u2003",
            "\u2003con.txt",
            "CONIN$",
            "con_",
            "_",
            "__",
            "a_b",
            "a b",
            "a\u0000b",
            "a\tb\r\n",
            "\u007f",
            "\u0085",
            "\u202e",
            "e\u0301",
            "\u00e9",
            ":\u0301",
            "\u0301",
            "\ud800",
            "\udc00x",
            "\ud83d\ude00",
            "日本",
            "Ünïcödé",
            "ı",
            "İ",
            "ß",
            "K",
            "ﬁ",
            "a/b\u0301");

    @TempDir
    Path folder;

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> characters = Arbitraries.oneOf(
                Arbitraries.of(
                        "/", "\\", ".", "_", " ", "%", ":", "2", "F", "e", "E", "\u0301", "é", "CON", "\ud800", "\n"),
                Arbitraries.chars().map(String::valueOf),
                Arbitraries.integers().between(0, Character.MAX_CODE_POINT).map(Character::toString));
        return Arbitraries.oneOf(
                Arbitraries.of(NASTY), characters.list().ofMaxSize(16).map(parts -> String.join("", parts)));
    }

    @Property(tries = 20_000)
    void aNameComesBack(@ForAll("names") String name) {
        assertThat(FileNames.nameOf(FileNames.of(name))).isEqualTo(name);
        assertThat(FileNames.nameOfUnderscored(FileNames.withUnderscores(name))).isEqualTo(name);
    }

    /** As listed by a file system that decomposes accents. */
    @Property(tries = 5_000)
    void aNameComesBackDecomposed(@ForAll("names") String name) {
        String listed = Normalizer.normalize(FileNames.withUnderscores(name), Normalizer.Form.NFD);
        assertThat(FileNames.nameOfUnderscored(listed)).isEqualTo(name);
    }

    @Property(tries = 20_000)
    void aFileNameIsAllowedEverywhere(@ForAll("names") String name) {
        for (String file : List.of(FileNames.of(name), FileNames.withUnderscores(name))) {
            for (String whole : List.of(file, file + ".txt")) {
                assertThat(whole).isNotEmpty().doesNotContainPattern("[/\\\\:*?\"<>|\\x00-\\x1f\\x7f]");
                assertThat(whole).doesNotStartWith(".").doesNotEndWith(".").doesNotEndWith(" ");
                String stem = whole.split("\\.", 2)[0].strip().toUpperCase(Locale.ROOT);
                assertThat(stem).doesNotMatch("CON|PRN|AUX|NUL|(COM|LPT)[0-9¹²³]|CONIN\\$|CONOUT\\$|CLOCK\\$");
                assertThat(whole.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(255);
                assertThat(new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(whole);
                assertThat(Path.of("folder").resolve(whole).normalize()).hasParentRaw(Path.of("folder"));
            }
            assertThat(file).isEqualTo(Normalizer.normalize(file, Normalizer.Form.NFC));
        }
    }

    @Property(tries = 2_000)
    void namesThatDifferHaveFilesThatDifferOnEverySystem(@ForAll("names") String one, @ForAll("names") String other) {
        List<String> names = new ArrayList<>();
        for (String name : List.of(one, other)) {
            for (String similar : List.of(
                    name,
                    name.toLowerCase(Locale.ROOT),
                    name.toUpperCase(Locale.ROOT),
                    Normalizer.normalize(name, Normalizer.Form.NFD),
                    name.replace(' ', '_'))) {
                // Decomposed, a name of Hangul is three times as long, and may be too long for a file.
                if (similar.length() <= SHORT && !names.contains(similar)) {
                    names.add(similar);
                }
            }
        }
        List<String> files = new ArrayList<>();
        for (String name : names) {
            files.add(FileNames.withUnderscores(name, files));
        }
        assertThat(files.stream().map(file -> Normalizer.normalize(file, Normalizer.Form.NFD)
                        .toUpperCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(files.stream().map(FileNames::nameOfUnderscored)).isEqualTo(names);
    }

    @Test
    void everyNastyNameMakesAFileHere() throws IOException {
        for (String name : NASTY) {
            Path file = folder.resolve(FileNames.of(name));
            Files.writeString(file, "text");
            assertThat(file.toRealPath().getParent()).isEqualTo(folder.toRealPath());
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> FileNames.nameOf(file.getFileName().toString())))
                    .containsExactlyInAnyOrderElementsOf(NASTY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alarm clock, alarm_clock",
        "dog, dog",
        "CLAP α=0.1, CLAP_α=0.1",
        "a_b, a%5Fb",
        "tv/radio, tv%2Fradio",
        "con, %63on",
        "100%, 100%25",
    })
    void ordinaryNamesStayReadable(String name, String file) {
        assertThat(FileNames.withUnderscores(name)).isEqualTo(file);
    }

    @Test
    void namesThatSystemsTakeForOneAnotherAreToldApart() {
        List<String> taken = new ArrayList<>();
        for (String name : List.of("dog", "Dog", "DOG", "é", "e\u0301", "É")) {
            taken.add(FileNames.withUnderscores(name, taken));
        }
        assertThat(taken).containsExactly("dog", "%44og", "%44%4F%47", "é", "e%CC%81", "%C3%89");
        assertThat(FileNames.withUnderscores("dog", List.of("Dog"))).isEqualTo("%64%6F%67");
    }

    /** Files that people named, and that earlier versions wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"Alarm Clock", "100%", "50%ab", "50%zz", "%E9", "%ED%A0", "%F8%80"})
    void otherFilesStandForTheirNames(String file) {
        assertThat(FileNames.nameOfUnderscored(file)).isEqualTo(file);
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        assertThat(FileNames.of("x".repeat(230))).hasSize(230);
        assertThatThrownBy(() -> FileNames.of("é".repeat(116)))
                .isInstanceOf(ClapException.class)
                .hasMessage("The name \"" + "é".repeat(100)
                        + "…\" takes 232 bytes as the name of a file, which may have" + " 230; choose a shorter one");
    }
}
