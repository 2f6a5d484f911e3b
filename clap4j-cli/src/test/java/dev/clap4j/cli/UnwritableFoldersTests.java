package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.clap4j.ChildProcess;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.InputFiles;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is full, a folder that is read-only, one that others may write: one line says so, nothing torn is left, and
 * once there is room, the same commands end well.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "needs a file system of its own, or rights that can be given up")
@Tag("slow")
class UnwritableFoldersTests {
    private static final List<String> WITHOUT_RIGHTS = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    @TempDir
    private static Path world;

    @TempDir
    private Path place;

    private Path folder;

    @BeforeAll
    static void build() throws IOException {
        CommandRun build = CommandRun.of(
                "iconworld",
                "build",
                "--concepts",
                2,
                "--per-class",
                4,
                "--sets",
                "unseen",
                "--out",
                world.resolve("data"));
        assertThat(build.exitCode()).as(build.err()).isEqualTo(Clap.DONE);
        Files.writeString(
                world.resolve("sweep.yaml"),
                "options: {steps: 20, check-every: 10, noise-vectors: 0, batch: 4}\ngrid: {tau: [0.1]}\n");
    }

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(place.resolve("folder"));
    }

    private static List<String> commands() {
        String data = " --data " + world.resolve("data");
        return List.of(
                "train --classes dog,cat --steps 20 --check-every 10 --out",
                "fewshot --shots 1 --seeds 1 --no-cache" + data + " --out",
                "attack --attacks fgsm --limit 2" + data + " --out",
                "sweep " + world.resolve("sweep.yaml") + data + " --out",
                "zeroshot --styles C --no-cache" + data + " --out",
                "export --classes dog,cat --out",
                "iconworld build --concepts 2 --per-class 2 --sets unseen --out",
                "embed --images " + world.resolve("data") + " --out");
    }

    /** Runs commands into a folder, mends the folder, and runs them again. */
    static final class Twice {
        private static final List<String> RESUMED = List.of("train", "fewshot", "attack", "sweep", "zeroshot");

        public static void main(String[] arguments) throws IOException, InterruptedException {
            PrintStream out = System.out;
            Path folder = Path.of(arguments[0]);
            List<String> commands = List.of(arguments).subList(2, arguments.length);
            runAll(folder, commands, out);
            tell("left", folder, out);
            out.println("mend "
                    + new ProcessBuilder("sh", "-c", arguments[1])
                            .inheritIO()
                            .start()
                            .waitFor());
            runAll(folder, commands, out);
            tell("end", folder, out);
            System.exit(0);
        }

        private static void runAll(Path folder, List<String> commands, PrintStream out) {
            for (String command : commands) {
                String name = command.substring(0, command.indexOf(' '));
                Path place = folder.resolve(name);
                List<String> words = new ArrayList<>(List.of(command.split(" ")));
                words.add(place + (name.equals("embed") ? "/features.npy" : ""));
                if (RESUMED.contains(name) && Files.exists(place.resolve("run.json"))) {
                    words.add("--resume");
                }
                CommandRun run = CommandRun.of(words.toArray());
                out.println("ran " + name + " " + run.exitCode());
                run.err()
                        .lines()
                        .filter(line -> !line.startsWith(CheckpointOption.EMBEDDED))
                        .forEach(out::println);
            }
        }

        private static void tell(String when, Path folder, PrintStream out) throws IOException {
            try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
                files.forEach(file -> out.println(when + " " + folder.relativize(file) + " "
                        + Digests.of(new String(InputFiles.read(file, 1 << 30), StandardCharsets.ISO_8859_1))));
            }
        }
    }

    private void check(List<String> before, String mend, String reason) {
        List<String> arguments = new ArrayList<>(List.of(folder.toString(), mend));
        arguments.addAll(commands());
        ChildProcess child =
                ChildProcess.java(Twice.class, arguments.toArray(String[]::new)).under(before.toArray(String[]::new));
        child.environment().put("FOLDER", folder.toString());
        ChildProcess.Result result = child.run();
        assertThat(result.exitCode()).as("%s", result).isZero();
        int mended = result.out().indexOf("mend 0");
        assertThat(mended).as("%s", result).isPositive();
        refused(result.out().subList(0, mended), reason);
        done(result.out().subList(mended + 1, result.out().size()));
        same(result.out());
    }

    private void refused(List<String> lines, String reason) {
        for (String command : commands()) {
            String name = command.substring(0, command.indexOf(' '));
            int at = lines.indexOf("ran " + name + " " + Clap.FAILED);
            assertThat(at).as("%s in %s", name, lines).isNotNegative();
            assertThat(lines.get(at + 1))
                    .startsWith("clap: Cannot write ")
                    .contains(folder.resolve(name).toString())
                    .endsWith(": " + reason);
            boolean last = at + 2 == lines.size();
            assertThat(last || lines.get(at + 2).matches("(ran|left) .*"))
                    .as("%s in %s", name, lines)
                    .isTrue();
        }
        assertThat(lines).noneMatch(line -> line.startsWith("left") && line.contains(".clap4j-"));
    }

    private static void done(List<String> lines) {
        for (String command : commands()) {
            String name = command.substring(0, command.indexOf(' '));
            assertThat(lines).contains("ran " + name + " " + Clap.DONE);
        }
        assertThat(lines).noneMatch(line -> line.startsWith("end") && line.contains(".clap4j-"));
    }

    /** Files that were there before are those that are there in the end: none was torn. Those of lines grow. */
    private static void same(List<String> lines) {
        Map<String, String> end = new HashMap<>();
        lines.stream()
                .map(line -> line.split(" "))
                .filter(line -> line[0].equals("end"))
                .forEach(line -> end.put(line[1], line[2]));
        lines.stream()
                .map(line -> line.split(" "))
                .filter(line -> line[0].equals("left") && end.containsKey(line[1]) && !line[1].endsWith(".jsonl"))
                .forEach(line -> assertThat(end).containsEntry(line[1], line[2]));
    }

    private static List<String> mounted(String options, String then) {
        assumeTrue(
                ends("unshare", "-rm", "mount", "-t", "tmpfs", "none", world.toString()),
                "this machine lets nobody mount a file system");
        String script = "mount -t tmpfs -o " + options + " none \"$FOLDER\" && " + then + " && exec \"$@\"";
        return List.of("unshare", "-rm", "sh", "-c", script, "sh");
    }

    private static boolean ends(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With no room at all, not even a lock can say whose it is; with a little, some of the first files are written. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aFullDisk(int pages) {
        check(
                mounted("size=16k", "head -c " + (4 - pages) * 4096 + " /dev/zero > \"$FOLDER/filler\""),
                "rm \"$FOLDER/filler\" && mount -o remount,size=200m \"$FOLDER\"",
                "No space left on device");
    }

    @Test
    void aReadOnlyFolder() {
        check(
                mounted("size=200m", "mount -o remount,ro \"$FOLDER\""),
                "mount -o remount,rw \"$FOLDER\"",
                "Read-only file system");
    }

    @Test
    void missingRights() throws IOException {
        List<String> before = List.of();
        assertThat(folder.toFile().setWritable(false)).isTrue();
        try {
            if (Files.isWritable(folder)) {
                List<String> attempt = new ArrayList<>(WITHOUT_RIGHTS);
                attempt.addAll(List.of("test", "!", "-w", folder.toString()));
                assumeTrue(ends(attempt.toArray(String[]::new)), "who may write everything cannot give that up here");
                before = WITHOUT_RIGHTS;
            }
            check(before, "chmod u+w \"$FOLDER\"", "permission denied");
        } finally {
            assertThat(folder.toFile().setWritable(true)).isTrue();
        }
    }
}
