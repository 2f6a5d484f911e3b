package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README is short, and what it shows is what there is. */
class ReadmeTests {
    private static final Path ROOT = Path.of(System.getProperty("clap4j.root", ".."));
    private static final int MOST_WORDS = 800;

    /** A block of Java in a page, below a comment that names the program it is a part of. */
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- example: (\\w+\\.java) -->\n```java\n(.*?)```", Pattern.DOTALL);

    /** Where the programs are; those that need Spark are not among the others, whose build does not. */
    private static final List<Path> PROGRAMS =
            List.of(ROOT.resolve("examples/src"), ROOT.resolve("clap4j-spark/src/test/java/shop"));

    private static final Pattern JAVA = Pattern.compile("```java\n");

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    /** All words count, those of code, tables and addresses too; comments, which nobody sees, do not. */
    @Test
    void isShort() throws IOException {
        String text = readme().replaceAll("(?s)<!--.*?-->", "");

        assertThat(text.strip().split("\\s+")).hasSizeLessThanOrEqualTo(MOST_WORDS);
    }

    @Test
    void namesTheVersionOfTheBuild() throws Exception {
        String version = XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/version",
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(ROOT.resolve("pom.xml").toFile()));

        assertThat(Pattern.compile("<version>(.*?)</version>").matcher(readme()).results())
                .isNotEmpty()
                .allSatisfy(found -> assertThat(found.group(1)).isEqualTo(version));
        for (String artifact : List.of("clap4j-core", "clap4j-mini", "clap4j-training")) {
            assertThat(readme()).contains(artifact);
            assertThat(ROOT.resolve(artifact)).isDirectory();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.cli.LinksTests#pages")
    void everyExampleIsPartOfAProgramThatIsCompiled(Path page) throws IOException {
        Path examples = ROOT.resolve("examples");
        assumeTrue(Files.isDirectory(examples), "The examples are in a module of their own");
        String text = Files.readString(page);
        Matcher blocks = EXAMPLE.matcher(text);
        int count = 0;
        while (blocks.find()) {
            assertThat(unindented(source(blocks.group(1))))
                    .as(page.getFileName() + " and " + blocks.group(1) + " differ")
                    .contains(unindented(blocks.group(2)));
            count++;
        }
        assertThat(JAVA.matcher(text).results().count())
                .as(page.getFileName() + " has a block of Java that names no example")
                .isEqualTo(count);
    }

    private static String source(String name) throws IOException {
        for (Path programs : PROGRAMS) {
            try (Stream<Path> files = Files.walk(programs)) {
                Optional<Path> file =
                        files.filter(candidate -> candidate.endsWith(name)).findFirst();
                if (file.isPresent()) {
                    return Files.readString(file.get());
                }
            }
        }
        throw new AssertionError("There is no example " + name);
    }

    /** Lines without the spaces before them: in a page a part of a program stands further left. */
    private static String unindented(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> a + b + "\n");
    }
}
