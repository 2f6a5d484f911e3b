package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style of Javadoc: a comment begins with a noun or verb phrase, not with a question word. */
class JavadocTests {
    private static final Path ROOT = Path.of(System.getProperty("clap4j.root"));
    private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
    private static final Pattern QUESTION = Pattern.compile("(?:^|[.;:] )(?:What|Which|How|Whatever) \\S*");

    @Test
    void noSentenceBeginsWithAQuestionWord() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file ->
                            ROOT.relativize(file).toString().replace('\\', '/').contains("src/main/java/"))
                    .toList();
        }
        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(sources.stream().flatMap(JavadocTests::questions)).isEmpty();
    }

    @Test
    void questionWordsAreRecognized() {
        assertThat(questionsIn("/** What it is. */")).hasSize(1);
        assertThat(questionsIn("/**\n * The size. Which one\n * follows.\n */")).hasSize(1);
        assertThat(questionsIn("/** The size, which is even, and what follows. */"))
                .isEmpty();
    }

    private static Stream<String> questions(Path source) {
        try {
            return questionsIn(Files.readString(source)).stream().map(found -> ROOT.relativize(source) + ": " + found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> questionsIn(String source) {
        return COMMENT.matcher(source)
                .results()
                .map(comment ->
                        comment.group(1).replaceAll("\\s*\\n\\s*\\*?\\s*", " ").strip())
                .flatMap(text -> QUESTION.matcher(text).results().map(found -> text))
                .toList();
    }
}
