package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the program does. */
class ReadmeTests {
    @TempDir
    private Path folder;

    private static String readme() throws IOException {
        return Files.readString(Path.of(System.getProperty("clap4j.root", ".."), "README.md"));
    }

    @Test
    void theLibraryExampleCompilesAndRuns() throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).isTrue();
        compile(block.group(1));

        Path model = folder.resolve("model");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        Path photo = SamplePictures.folder("photo/dog");
        try (var images = Files.list(photo)) {
            String printed = run(
                    "Zoo",
                    model,
                    folder.resolve("run"),
                    images.sorted().findFirst().orElseThrow());
            assertThat(printed.lines()).hasSize(3).allMatch(line -> line.startsWith("Prediction["));
            assertThat(printed).contains("className=dog", "className=elephant", "className=giraffe");
        }
    }

    private void compile(String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Zoo.java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, List.of(file))
                            .call())
                    .isTrue();
        }
    }

    private String run(String name, Path... arguments) throws ReflectiveOperationException, IOException {
        String[] words = List.of(arguments).stream().map(Path::toString).toArray(String[]::new);
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) words);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyCommandIsExplained() throws IOException {
        String readme = readme();
        Clap.program().getSubcommands().keySet().stream()
                .filter(c -> !c.equals("help"))
                .forEach(command -> assertThat(readme).contains("### `clap " + command + "`"));
    }
}
