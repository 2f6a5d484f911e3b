package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintableWriterTests {
    private final StringWriter shown = new StringWriter();

    @Test
    void whatSteersATerminalIsShown() throws Exception {
        try (PrintableWriter writer = new PrintableWriter(shown)) {
            writer.write("plain\ttext\r\nred \u001b[31m bell \u0007 csi \u009b reversed \u202e\n");
        }
        assertThat(shown).hasToString("plain\ttext\r\nred \\u001b[31m bell \\u0007 csi \\u009b reversed \\u202e\n");
    }

    @Test
    void charactersOfTwoHalvesStayWhole() throws Exception {
        try (PrintableWriter writer = new PrintableWriter(shown)) {
            for (char half : "a 🐕 and 👩‍🚀".toCharArray()) {
                writer.write(half);
            }
        }
        assertThat(shown).hasToString("a 🐕 and 👩‍🚀");
    }

    @Test
    void jsonStaysTheSameJson() throws Exception {
        // A format character beyond 16 bits is escaped as JSON does it, in two halves.
        Map<String, String> strange = Map.of("name", "\u001b[2J \u009b \u202e \ud834\udd73 \u0000 é 漢 🐕");
        try (PrintableWriter writer = new PrintableWriter(shown)) {
            writer.write(Output.text(strange));
        }
        assertThat(shown.toString().codePoints()).noneMatch(c -> c != '\n' && Character.isISOControl(c));
        assertThat(new ObjectMapper().readTree(shown.toString())).isEqualTo(new ObjectMapper().valueToTree(strange));
    }

    @Test
    void whatLibrariesLogComesLineByLine() {
        try (PrintStream log = new PrintableWriter(shown).stream()) {
            log.print("half ");
            assertThat(shown.toString()).isEmpty();
            log.println("a warning of \u001b]0;title\u0007 été");
        }
        assertThat(shown).hasToString("half a warning of \\u001b]0;title\\u0007 été\n");
    }
}
