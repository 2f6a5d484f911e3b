package dev.clap4j.internal.tokenizer.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SingleByteEncodingTests {
    /** Java's own tables; where they have no character, Windows' encodings have a control character. */
    @ParameterizedTest
    @CsvSource({
        "latin-1,ISO-8859-1",
        "windows-1252,windows-1252",
        "windows-1251,windows-1251",
        "windows-1250,windows-1250",
        "windows-1253,windows-1253",
        "windows-1254,windows-1254",
        "windows-1257,windows-1257",
        "iso-8859-2,ISO-8859-2",
        "cp437,IBM437"
    })
    void tablesAreJavas(String name, String charset) {
        SingleByteEncoding encoding = SingleByteEncoding.named(name);
        for (int b = 0x80; b < 0x100; b++) {
            String java = new String(new byte[] {(byte) b}, Charset.forName(charset));
            char expected = java.equals("\uFFFD") ? (char) b : java.charAt(0);
            assertThat(encoding.character(b)).as("%s %x", charset, b).isEqualTo(expected);
            assertThat(encoding.encode(String.valueOf(expected))).contains(String.valueOf((char) b));
        }
    }

    @Test
    void lostBytesLeaveATraceInWindowsEncodings() {
        assertThat(SingleByteEncoding.WINDOWS_1252.encode("a\uFFFD")).contains("a\u001A");
        assertThat(SingleByteEncoding.WINDOWS_1252.encode("a\u001A")).isEmpty();
        assertThat(SingleByteEncoding.named("latin-1").encode("a\uFFFD")).isEmpty();
        assertThat(SingleByteEncoding.named("latin-1").encode("a\u001A")).contains("a\u001A");
    }
}
