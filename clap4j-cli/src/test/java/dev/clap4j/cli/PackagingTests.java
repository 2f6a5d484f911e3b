package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Guarantees to consumers of the published artifacts. */
class PackagingTests {
    private static final Path ROOT = Path.of(System.getProperty("clap4j.root", ".."));

    /** The modules that name native libraries of JavaCPP's. */
    private static final Map<String, List<String>> NATIVES =
            Map.of("clap4j-training", List.of("openblas", "javacpp"), "clap4j-pretraining", List.of("pytorch"));

    private static List<String> texts(String pom, String path) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(pom).toFile());
        NodeList found = (NodeList)
                XPathFactory.newDefaultInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> found.item(i).getTextContent())
                .toList();
    }

    private static List<String> modules() throws Exception {
        return texts("pom.xml", "/project/modules/module");
    }

    private static List<String> published() throws Exception {
        List<String> withheld = texts("pom.xml", "//excludeArtifact");
        List<String> published = new ArrayList<>();
        for (String module : modules()) {
            String artifact = texts(module + "/pom.xml", "/project/artifactId").get(0);
            boolean skipped = texts(module + "/pom.xml", "/project/properties/maven.deploy.skip")
                    .contains("true");
            assertThat(skipped).as(module).isEqualTo(withheld.contains(artifact));
            if (!skipped && !module.equals("clap4j-bom")) {
                published.add(module);
            }
        }
        return published;
    }

    @Test
    void billOfMaterialsListsWhatIsPublished() throws Exception {
        assertThat(texts("clap4j-bom/pom.xml", "//dependencyManagement//artifactId"))
                .containsExactlyElementsOf(published());
    }

    @Test
    void everyJarNamesItsModule() throws Exception {
        for (String module : modules()) {
            if (!module.equals("clap4j-bom")) {
                assertThat(texts(module + "/pom.xml", "/project/properties/clap4j.module"))
                        .containsExactly("dev.clap4j." + module.replace("clap4j-", ""));
            }
        }
    }

    /** Java refuses modules that share a package. */
    @Test
    void noPackageIsInTwoModules() throws Exception {
        Map<String, TreeSet<String>> modules = new TreeMap<>();
        for (String module : modules()) {
            for (String name : packages(ROOT.resolve(module).resolve("src/main/java"))) {
                modules.computeIfAbsent(name, any -> new TreeSet<>()).add(module);
            }
        }
        assertThat(modules)
                .isNotEmpty()
                .allSatisfy((name, owners) -> assertThat(owners).as(name).hasSize(1));
    }

    private static List<String> packages(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString())
                    .distinct()
                    .toList();
        }
    }

    /** The launcher passes no option that a Java does not know, and refuses one that is too old. */
    @ParameterizedTest
    @CsvSource({
        "1.8.0_402, 1, 'clap: Java 17 or later is needed, not 1; install it or set JAVA_HOME.'",
        "11.0.20, 1, 'clap: Java 17 or later is needed, not 11; install it or set JAVA_HOME.'",
        "17.0.15, 0, native",
        "22, 0, native",
        "23.0.1, 0, native memory",
        "25.0.3, 0, native memory",
        "'', 0, native"
    })
    @DisabledOnOs(OS.WINDOWS)
    void theLauncherKnowsTheOptionsOfEachJava(String version, int exitCode, String said, @TempDir Path folder)
            throws Exception {
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                said=
                for word; do
                  case "$word" in
                    --enable-native-access=*) said="$said native" ;;
                    --sun-misc-unsafe-*) said="$said memory" ;;
                  esac
                done
                echo $said
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        if (!version.isEmpty()) {
            Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
        }
        Path launcher = Files.createDirectories(folder.resolve("clap4j/bin")).resolve("clap");
        Files.copy(ROOT.resolve("clap4j-cli/src/main/distribution/bin/clap"), launcher);
        Files.createFile(folder.resolve("clap4j/classes.jsa"));
        Files.writeString(
                folder.resolve("clap4j/classes.home"), folder.resolve("clap4j").toRealPath() + "\n");
        Files.createDirectory(folder.resolve("clap4j/lib"));
        ProcessBuilder builder = new ProcessBuilder("sh", launcher.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo(said);
        assertThat(process.waitFor()).isEqualTo(exitCode);
    }

    /** Java takes an archive of classes only where it was made. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aMovedFolderIsPreparedAnew(@TempDir Path folder) throws Exception {
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for argument; do
                  case "$argument" in
                    -XX:DumpLoadedClassList=* | -XX:SharedArchiveFile=*) echo one >"${argument#*=}" ;;
                  esac
                done
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Path home = Files.createDirectories(folder.resolve("clap4j"));
        Path launcher = Files.createDirectory(home.resolve("bin")).resolve("clap");
        Files.copy(ROOT.resolve("clap4j-cli/src/main/distribution/bin/clap"), launcher);
        Files.createDirectory(home.resolve("lib"));
        assertThat(started(home, folder.resolve("java"))).contains("preparing for faster starts");
        assertThat(home.resolve("classes.jsa")).hasContent("one");
        assertThat(started(home, folder.resolve("java"))).isEmpty();
        Path moved = Files.move(home, folder.resolve("moved"));
        assertThat(started(moved, folder.resolve("java"))).contains("preparing for faster starts");
        assertThat(started(moved, folder.resolve("java"))).isEmpty();
    }

    private static String started(Path home, Path java) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", home.resolve("bin/clap").toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", java.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** Both launchers start Java with the same options. */
    @Test
    void launchersAgree() throws IOException {
        Path bin = ROOT.resolve("clap4j-cli/src/main/distribution/bin");
        String shell = Files.readString(bin.resolve("clap"));
        String batch = Files.readString(bin.resolve("clap.bat"));
        String options = "-XX:+UseParallelGC -XX:NewRatio=8 -XX:-UsePerfData -Xshare:auto"
                + " --enable-native-access=ALL-UNNAMED";
        for (String text : List.of(
                options,
                "CLAP_JAVA_OPTIONS",
                "ORT_DISABLE_TELEMETRY",
                "--sun-misc-unsafe-memory-access=allow",
                "Java 17 or later is needed")) {
            assertThat(shell).contains(text);
            assertThat(batch).contains(text);
        }
    }

    /** Gradle knows nothing of profiles: outside of them, the natives of all platforms are named. */
    @Test
    void nativesOfAllPlatformsAreNamedWithoutAnyProfile() throws Exception {
        List<String> platforms = List.of("linux-x86_64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");
        Function<String, String> natives = profile -> profile + "/properties/*[starts-with(name(), 'natives.')]";
        assertThat(texts("pom.xml", natives.apply("/project"))).isEqualTo(platforms);
        assertThat(texts("pom.xml", natives.apply("//profile[id='release']"))).isEqualTo(platforms);
        for (String platform : platforms) {
            assertThat(texts("pom.xml", natives.apply("//profile[id='" + platform + "']")))
                    .hasSize(platforms.size())
                    .containsOnly("${javacpp.platform}");
        }
        List<String> classifiers = platforms.stream()
                .map(platform -> "${natives." + platform + "}")
                .toList();
        for (String module : NATIVES.keySet()) {
            for (String library : NATIVES.get(module)) {
                assertThat(texts(module + "/pom.xml", "//dependency[artifactId='" + library + "']/classifier"))
                        .isEqualTo(classifiers);
            }
        }
    }
}
