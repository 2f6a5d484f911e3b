package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.search.ImageIndex;
import dev.clap4j.search.IndexFeatures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C keeps what is done, and says what that is and how to go on. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class StoppedCommandsTests {
    private static final int IMAGES = 6000;
    private static final int INTERRUPTED = 130;
    private static final String IN_THE_INDEX = "in the index: ";

    @TempDir
    private static Path folder;

    private static Path images;

    @BeforeAll
    static void draw() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i % 8, i / 8 % 8, i);
            ImageIO.write(
                    image, "png", images.resolve(String.format("%05d.png", i)).toFile());
        }
    }

    /** A command in a process of its own. */
    private record Running(Process process, Path out, Path err) {
        static Running start(String name, Object... arguments) throws IOException {
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Clap.class.getName()));
            for (Object argument : arguments) {
                words.add(argument.toString());
            }
            Path out = folder.resolve(name + ".out");
            Path err = folder.resolve(name + ".err");
            return new Running(
                    new ProcessBuilder(words)
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
        }

        void interrupt() throws IOException, InterruptedException {
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("the exit code; a shell that starts these tests in the background makes them ignore SIGINT")
                    .isEqualTo(INTERRUPTED);
        }

        void awaitText(Path file, String text) throws IOException, InterruptedException {
            while (process.isAlive()
                    && !(Files.exists(file) && Files.readString(file).contains(text))) {
                Thread.sleep(5);
            }
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
        }

        String said() throws IOException {
            return Files.readString(err, StandardCharsets.UTF_8);
        }
    }

    @Test
    void classifyPrintsRowsAsTheyCome() throws Exception {
        Running run = Running.start("rows", "classify", "--classes", "dog,cat", images);
        run.awaitText(run.out, "00003.png");
        run.interrupt();

        List<String> lines = Files.readAllLines(run.out);
        Matcher kept = Pattern.compile("clap: stopped; the rows of (\\d+) of 6000 images are printed\\R")
                .matcher(run.said());
        assertThat(kept.find()).as(run.said()).isTrue();
        assertThat(lines).hasSize(2 + Integer.parseInt(kept.group(1))).hasSizeBetween(18, IMAGES);
        assertThat(lines.subList(2, lines.size()))
                .allMatch(line -> line.matches(".*\\.png +(dog|cat) +\\d+\\.\\d\\d %"));
    }

    @Test
    void jsonIsWholeWheneverItEnds() throws Exception {
        Running run = Running.start("json", "classify", "--classes", "dog,cat", "--json", images);
        run.awaitText(run.out, "00003.png");
        run.interrupt();

        JsonNode result = new ObjectMapper().readTree(run.out.toFile());
        assertThat(result.get("images").size()).isBetween(16, IMAGES - 1);
        assertThat(result.get("outcome").asText()).isEqualTo("interrupted");
        assertThat(result.get("unreadable")).isEmpty();
    }

    /** Whatever is in the folders of a killed run is whole, and stays as it is when the run is made again. */
    @Test
    void sortingThatIsKilledIsCompletedByTheNextRun() throws Exception {
        Path into = folder.resolve("sorted");
        Running run = Running.start("sort", "classify", "--classes", "dog,cat", "--sort-into", into, images);
        run.awaitText(run.out, "00003.png");
        run.process.destroyForcibly().waitFor();

        Map<Path, FileTime> before = sorted(into);
        assertThat(before).hasSizeBetween(4, IMAGES - 1);
        CommandRun again = CommandRun.of("classify", "--classes", "dog,cat", "--sort-into", into, images);
        assertThat(again.exitCode()).as(again.err()).isEqualTo(Clap.DONE);
        assertThat(again.err()).contains(into + ": " + (IMAGES - before.size()) + " images copied, " + before.size());
        assertThat(sorted(into)).hasSize(IMAGES).containsAllEntriesOf(before);
    }

    /** Returns the sorted images, all of which are whole, with the times at which they were written. */
    private static Map<Path, FileTime> sorted(Path into) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(into)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> !AtomicFiles.isPassing(file))
                    .toList();
        }
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : files) {
            assertThat(Files.mismatch(file, images.resolve(file.getFileName())))
                    .as("%s", file)
                    .isNegative();
            times.put(file, Files.getLastModifiedTime(file));
        }
        return times;
    }

    @Test
    void embedGoesOnWithTheSameCommandAndResume() throws Exception {
        Path whole = folder.resolve("whole.npy");
        assertThat(CommandRun.of("embed", "--images", images, "--out", whole).exitCode())
                .isEqualTo(Clap.DONE);
        Path out = folder.resolve("stopped.npy");
        Path unfinished = folder.resolve("stopped.npy.unfinished");
        Running run = embedUntilSomeIsDone(out, unfinished);

        assertThat(out).doesNotExist();
        assertThat(run.said())
                .contains("clap: stopping; what is done is being kept …")
                .contains("clap: stopped; the finished features are kept in " + unfinished + ". To go on:")
                .contains("  clap embed --images " + images + " --out " + out + " --resume");
        CommandRun resumed = CommandRun.of("embed", "--images", images, "--out", out, "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        assertThat(unfinished).doesNotExist();
        assertThat(out).hasBinaryContent(Files.readAllBytes(whole));
    }

    /** The shards of a process that is killed and resumed are those of one that was never disturbed. */
    @Test
    void shardsGoOnAfterAKill() throws Exception {
        Path whole = Files.createDirectories(folder.resolve("whole-shards"));
        Path out = Files.createDirectories(folder.resolve("killed-shards"));
        Object[] start = {"embed", "--images", images, "--shard", 250, "--out"};
        CommandRun undisturbed = CommandRun.of(with(start, whole.resolve("f.npy")));
        assertThat(undisturbed.exitCode()).as(undisturbed.err()).isEqualTo(Clap.DONE);

        Running run = Running.start("shards", with(start, out.resolve("f.npy")));
        while (run.process.isAlive() && !Files.exists(out.resolve("f-00002.npy"))) {
            Thread.sleep(2);
        }
        run.process.destroyForcibly().waitFor();
        assertThat(out.resolve("f-00024.npy")).doesNotExist();

        CommandRun resumed = CommandRun.of(with(start, out.resolve("f.npy"), "--resume"));
        assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(Clap.DONE);
        for (int i = 1; i <= IMAGES / 250; i++) {
            for (String ending : List.of("npy", "ids.txt")) {
                String name = String.format("f-%05d.%s", i, ending);
                assertThat(out.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
            }
        }
        try (Stream<Path> left = Files.list(out)) {
            assertThat(left).noneMatch(AtomicFiles::isPassing);
        }
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
    }

    /** Interrupts later and later, however fast or busy the machine is. */
    private static Running embedUntilSomeIsDone(Path out, Path unfinished) throws Exception {
        for (int millis = 300; ; millis += 300) {
            Running run = Running.start("embed", "embed", "--images", images, "--out", out);
            run.awaitText(run.err, "no --model");
            Thread.sleep(millis);
            run.interrupt();
            if (Files.exists(unfinished)) {
                return run;
            }
            assertThat(run.said()).contains("Stopped before any feature was finished; nothing was written");
        }
    }

    /**
     * Searches find every picture that the command has reported as indexed, while it runs and after a kill at any moment.
     * The finished index equals that of an undisturbed run.
     */
    @Test
    void anIndexKeepsWhatItSaid() throws Exception {
        Path whole = folder.resolve("whole.index");
        CommandRun undisturbed = CommandRun.of("index", "--images", images, "--out", whole);
        assertThat(undisturbed.exitCode()).as(undisturbed.err()).isEqualTo(Clap.DONE);
        assertThat(undisturbed.out()).startsWith(IMAGES + " added");
        assertThat(saidToBeIn(undisturbed.err())).isBetween(1, IMAGES);

        Path out = folder.resolve("killed.index");
        SplittableRandom moments = new SplittableRandom(1);
        Set<String> before = Set.of();
        for (int kill = 0; kill < 3; kill++) {
            Running run = Running.start("index", "index", "--images", images, "--out", out);
            run.awaitText(run.err, IN_THE_INDEX);
            int said = saidToBeIn(run.said());
            assertThat(found(out)).hasSizeGreaterThanOrEqualTo(before.size() + said);
            Thread.sleep(moments.nextInt(500));
            run.process.destroyForcibly().waitFor();
            assertThat(found(out))
                    .hasSizeGreaterThanOrEqualTo(before.size() + saidToBeIn(run.said()))
                    .containsAll(before);
            before = found(out);
        }
        assertThat(before.size()).isBetween(3000, IMAGES - 1);
        CommandRun last = CommandRun.of("index", "--images", images, "--out", out);
        assertThat(last.exitCode()).as(last.err()).isEqualTo(Clap.DONE);
        assertThat(last.out()).startsWith((IMAGES - before.size()) + " added, 0 updated, " + before.size());
        Map<Path, float[]> features = features(out);
        assertThat(features).hasSize(IMAGES);
        features(whole)
                .forEach((path, feature) ->
                        assertThat(features.get(path)).as("%s", path).containsExactly(feature, Offset.offset(1e-5f)));
    }

    private static int saidToBeIn(String err) {
        Matcher said = Pattern.compile(IN_THE_INDEX + "(\\d+) added").matcher(err);
        return said.results()
                .mapToInt(one -> Integer.parseInt(one.group(1)))
                .max()
                .orElse(0);
    }

    private static Set<String> found(Path index) throws IOException {
        CommandRun search = CommandRun.of("search", "--index", index, "a dog", "--top", IMAGES, "--json");
        assertThat(search.exitCode()).as(search.err()).isEqualTo(Clap.DONE);
        Set<String> found = new HashSet<>();
        new ObjectMapper()
                .readTree(search.out())
                .forEach(one -> found.add(one.get("path").asText()));
        return found;
    }

    private static Map<Path, float[]> features(Path index) {
        try (ImageIndex opened = ImageIndex.open(index)) {
            return IndexFeatures.of(opened).sample(IMAGES + 1).stream()
                    .collect(Collectors.toMap(one -> one.image().path(), IndexFeatures.Entry::feature));
        }
    }

    @Test
    void aCommandThatEndsAtOnceSaysWhatIsKept() throws Exception {
        Path data = folder.resolve("data");
        for (String name : List.of("cat", "dog")) {
            Files.createDirectories(data.resolve(name));
        }
        for (int i = 0; i < IMAGES; i++) {
            String name = String.format("%05d.png", i);
            Files.createLink(data.resolve(i % 2 == 0 ? "cat" : "dog").resolve(name), images.resolve(name));
        }
        Running run = Running.start("zeroshot", "zeroshot", "--data", data, "--cache", folder.resolve("cache"));
        run.awaitText(run.err, "no --model");
        run.interrupt();

        assertThat(run.said())
                .contains("clap: stopped; the features of finished images are in the cache. To go on:")
                .contains("  clap zeroshot --data " + data);
        assertThat(Files.readString(run.out)).isEmpty();
    }
}
