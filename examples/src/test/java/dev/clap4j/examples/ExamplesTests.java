package dev.clap4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.clap4j.ChildProcess;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.TinyClip;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each program, compiled and run with no more on its class path than it needs. */
class ExamplesTests {
    private static final List<String> ONNX_RUNTIME = List.of("onnxruntime");

    /** {@code clap4j-core}, its dependencies, and the weights of the mini CLIP. */
    private static final List<String> CORE = List.of(
            "clap4j-core", "clap4j-mini", "onnxruntime", "slf4j", "jackson", "tribuo", "protobuf", "twelvemonkeys");

    /** The libraries that {@code clap4j-training} adds. */
    private static final List<String> TRAINING = Stream.concat(
                    CORE.stream(), Stream.of("clap4j-training", "bytedeco", "extjwnl"))
            .toList();

    /** The libraries that {@code clap4j-langchain4j} adds. */
    private static final List<String> LANGCHAIN4J =
            Stream.concat(CORE.stream(), Stream.of("langchain4j")).toList();

    @TempDir
    private Path folder;

    private List<Path> images;

    @BeforeEach
    void draw() throws Exception {
        images = TinyClip.images(folder.resolve("images"), 8);
    }

    @Test
    void classifiesBytes() throws Exception {
        List<String> lines = run(ClassifyBytes.class, CORE, images.get(0).toString());
        assertThat(lines).singleElement().asString().matches("(dog|cat|horse) [\\d.]+ %");
    }

    @Test
    void findsNeighbours() throws Exception {
        Path features = folder.resolve("features.npy");
        List<String> lines =
                run(FindNeighbours.class, CORE, folder.resolve("images").toString(), features.toString());
        assertThat(lines).hasSize(5).allMatch(line -> line.matches("Neighbour\\[id=.*\\.png, row=\\d, similarity=.*"));
        assertThat(FeatureMatrix.load(features).ids())
                .isEqualTo(images.stream().map(Path::toString).toList());
    }

    @Test
    void trainsAHead() throws Exception {
        Path head = folder.resolve("head.safetensors");
        List<String> lines =
                run(TrainHead.class, TRAINING, head.toString(), images.get(0).toString());
        assertThat(lines).contains("training: 1 %", "training: 2 %");
        assertThat(lines.get(lines.size() - 2)).startsWith("CLIP: Prediction[className=");
        assertThat(lines.get(lines.size() - 1)).startsWith("CLAP: Prediction[className=");
        assertThat(Head.load(head).info().classes()).containsExactly("dog", "cat", "horse");
    }

    @Test
    void embedsWithLangChain4j() throws Exception {
        List<String> lines =
                run(EmbedWithLangChain4j.class, LANGCHAIN4J, images.get(0).toString());
        assertThat(lines).hasSize(2).allMatch(line -> line.matches("-?0\\.\\d{3}"));
    }

    @Test
    void runsAnExportedFileOnOnnxRuntimeAlone() throws Exception {
        List<String> classes = List.of("dog", "cat");
        float expected;
        try (Clip clip = Clip.load(TinyClip.write(folder))) {
            clip.export(folder.resolve("onnx"), classes);
            expected =
                    clip.classifier(classes).classify(Image.of(images.get(3))).probability("dog");
        }
        List<String> lines = run(
                RunExported.class,
                ONNX_RUNTIME,
                folder.resolve("onnx").resolve("classifier.onnx").toString(),
                images.get(3).toString());
        assertThat(lines.get(0)).isEqualTo("[\"dog\",\"cat\"]");
        assertThat(Float.parseFloat(lines.get(1).substring(1, lines.get(1).indexOf(','))))
                .isEqualTo(expected, within(1e-3f));
    }

    private List<String> run(Class<?> program, List<String> needed, String... arguments) throws Exception {
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> needed.stream().anyMatch(entry::contains))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Path classes = compile(program, libraries);
        ChildProcess child =
                ChildProcess.java(program, arguments).withOptions("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        child.environment().put("CLASSPATH", libraries + File.pathSeparator + classes);
        ChildProcess.Result result = child.run();
        assertThat(result.exitCode()).as("%s", result.err()).isZero();
        return result.out();
    }

    private Path compile(Class<?> program, String libraries) throws Exception {
        Path source = Path.of(System.getProperty("clap4j.root"), "examples", "src", "main", "java")
                .resolve(program.getName().replace('.', '/') + ".java");
        Path classes = folder.resolve("classes");
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", libraries, "-proc:none"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(done).as("%s", messages).isTrue();
        }
        return classes;
    }
}
