package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ChildProcess;
import dev.clap4j.internal.blas.BlasLibraries;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.onnx.OrtLibraries;
import dev.clap4j.internal.tokenizer.Overflow;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that encodes for a while speaks to nobody and leaves nothing behind but its cache. Native libraries do such things
 * on threads of their own, some ten seconds after they were loaded; {@code -Dclap4j.quiet.seconds=60} watches longer.
 */
@Tag("slow")
class QuietTests {
    private static final int SECONDS = Integer.getInteger("clap4j.quiet.seconds", 15);

    /** In their presence some libraries keep quieter than they are. */
    private static final List<String> SIGNS_OF_A_TEST =
            List.of("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD");

    /** A socket alone is nothing: Java makes some to see what protocols there are. */
    private static final Pattern INTERNET = Pattern.compile(
            "\\(\\d+, \\{sa_family=AF_INET|sendto\\(|sendmsg\\(|sendmmsg\\(|\"/etc/(?:resolv\\.conf|hosts|services)\"");

    /** Files that are opened to be written, folders and links that are made. */
    private static final List<Pattern> WRITTEN = List.of(
            Pattern.compile(
                    "\\b(?:open|openat|creat)\\((?:AT_FDCWD, )?\"([^\"]*)\".*(?:O_CREAT|O_WRONLY|O_RDWR|creat)"),
            Pattern.compile("\\bmkdir(?:at)?\\((?:AT_FDCWD, )?\"([^\"]*)\""),
            Pattern.compile("\\b(?:symlink|link)(?:at)?\\(\"[^\"]*\", (?:AT_FDCWD, )?\"([^\"]*)\""));

    @TempDir
    private Path folder;

    /** Encodes texts and an image with the mini CLIP, again and again. */
    static final class Encoding {
        public static void main(String[] arguments) throws InterruptedException {
            Path cache = CacheFolder.ofUser();
            OrtLibraries.keepIn(cache);
            BlasLibraries.keepIn(cache);
            BlasLibraries.loadBlas();
            List<Path> images = List.of(Path.of(arguments[1]));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
            do {
                try (ClipModel clip = ClipModel.of(MiniClip.open(cache), OrtEngine.create(), Overflow.TRUNCATE)) {
                    clip.texts().encode(List.of("a photo of a dog", "a sketch of a cat"));
                    clip.images().encode(images);
                }
                Thread.sleep(1000);
            } while (System.nanoTime() < end);
            System.out.println("done");
        }
    }

    private ChildProcess encoding() throws IOException {
        Path image = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        ChildProcess process = ChildProcess.java(Encoding.class, String.valueOf(SECONDS), image.toString())
                .withOptions("-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home);
        SIGNS_OF_A_TEST.forEach(process.environment()::remove);
        process.environment().remove("XDG_CACHE_HOME");
        process.environment().remove("CLAP4J_CACHE");
        process.environment().put("HOME", home.toString());
        process.environment().put("TMPDIR", temporary.toString());
        return process;
    }

    @Test
    void itOpensNoSocketAndLeavesNothingBehind() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "Only Linux shows what a process does");
        ChildProcess process = encoding();
        Path trace = folder.resolve("trace");
        boolean traced = hasTracer();
        if (traced) {
            process.under("strace", "-f", "-qq", "-o", trace.toString(), "-e", "trace=%network,%file");
        }
        Path working = Files.createDirectory(folder.resolve("working"));
        Process started = process.start(working);
        Set<String> sockets = new TreeSet<>();
        while (!started.waitFor(20, TimeUnit.MILLISECONDS)) {
            sockets.addAll(sockets(started));
        }
        ChildProcess.Result result = ChildProcess.result(started, working);
        assertThat(result.out()).as("%s", result.err()).containsExactly("done");
        assertThat(sockets).isEmpty();
        if (traced) {
            assertQuiet(Files.readAllLines(trace));
        }
        assertThat(left(folder.resolve("home"))).allMatch(file -> file.startsWith(".cache/clap4j"));
        assertThat(left(folder.resolve("tmp"))).isEmpty();
        assertThat(left(working)).containsOnly("out", "err");
    }

    private static boolean hasTracer() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "strace")));
    }

    /** The sockets of a process, and of those it started, that speak to somebody at this moment. */
    private static List<String> sockets(Process process) throws IOException {
        List<String> speaking = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = Path.of("/proc/net", protocol);
            if (Files.exists(table)) {
                Files.readAllLines(table).stream()
                        .skip(1)
                        .map(line -> "socket:[" + line.strip().split("\\s+", -1)[9] + "]")
                        .forEach(speaking::add);
            }
        }
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(each -> descriptors(Path.of("/proc/" + each.pid() + "/fd")))
                .filter(speaking::contains)
                .toList();
    }

    private static Stream<String> descriptors(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(QuietTests::target).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private void assertQuiet(List<String> calls) {
        assertThat(calls).hasSizeGreaterThan(100);
        assertThat(calls.stream().filter(call -> INTERNET.matcher(call).find())).isEmpty();
        Set<String> written = calls.stream()
                .filter(call -> !call.contains(" = -1 "))
                .flatMap(call -> WRITTEN.stream().map(pattern -> pattern.matcher(call)))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        assertThat(written).isNotEmpty().allMatch(file -> Stream.of(
                        folder + "/home/.cache", folder + "/tmp", "/dev/", "/proc/self/")
                .anyMatch(file::startsWith));
    }

    private static List<String> left(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
