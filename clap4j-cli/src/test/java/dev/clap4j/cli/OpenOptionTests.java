package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenOptionTests {
    private static final Path PAGE = Path.of("report.html");

    private final List<Path> opened = new ArrayList<>();

    private boolean show(Path page) {
        opened.add(page);
        return true;
    }

    private static boolean fail(Path page) throws IOException {
        throw new IOException("no browser");
    }

    @Test
    void theFirstWayThatWorksIsTheOnlyOne() {
        OpenOption.Browser browser =
                new OpenOption.Browser(List.of(page -> false, OpenOptionTests::fail, this::show, this::show));

        assertThat(browser.open(PAGE)).isTrue();
        assertThat(opened).containsExactly(PAGE);
    }

    @Test
    void noWayWorks() {
        assertThat(new OpenOption.Browser(List.of(page -> false, OpenOptionTests::fail)).open(PAGE))
                .isFalse();
    }
}
