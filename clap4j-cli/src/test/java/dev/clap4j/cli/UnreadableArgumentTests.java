package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UnreadableArgumentTests {
    /** A Java without a locale, as in containers and cron jobs, and an argument in UTF-8. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutALocaleTheUserIsToldInsteadOfAnsweredForAnotherClass() throws IOException, InterruptedException {
        String java = System.getProperty("java.home") + "/bin/java";
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "bash",
                "-c",
                "exec \"$0\" -cp \"$1\" dev.clap4j.cli.Clap tokenize $'sch\\xc3\\xa4ferhund'",
                java,
                System.getProperty("java.class.path")));
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.startsWith("LANG"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(Clap.WRONG_USE);
        assertThat(output)
                .startsWith("clap: The argument \"sch\uFFFD\uFFFDferhund\" is not in ")
                .contains("the encoding of this locale. Set the environment variable LC_ALL to C.UTF-8");
    }

    @Test
    void inUtf8WhatIsAnotherEncodingIsToldToo() {
        assertThat(WrongUse.unreadable(new String[] {"classify", "sch\uFFFDfer"}, "UTF-8"))
                .contains(
                        "The argument \"sch\uFFFDfer\" is not in UTF-8, the encoding of this locale. Type it in UTF-8, or"
                                + " put texts into a file.");
        assertThat(WrongUse.unreadable(new String[] {"classify", "sch\u00e4fer"}, "UTF-8"))
                .isEmpty();
    }
}
