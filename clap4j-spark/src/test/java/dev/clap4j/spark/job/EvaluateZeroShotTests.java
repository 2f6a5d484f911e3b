package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.spark.LocalSpark;
import dev.clap4j.spark.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateZeroShotTests {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static Path data;
    private static Path head;

    /** The drawn pictures, with names that are not plain, and one that cannot be decoded. */
    @BeforeAll
    static void draw() throws IOException {
        data = folder.resolve("icon world é");
        for (Path file : Pictures.files()) {
            Path relative = Pictures.folder().relativize(file);
            String name = relative.getName(2).toString();
            Path place = Files.createDirectories(data.resolve(relative.getName(0))
                    .resolve(relative.getName(1).toString().replace(' ', '_')));
            Files.copy(file, place.resolve(name.startsWith("0") ? "a b%20+é " + name : name));
        }
        Path first = Dataset.read(data, warning -> {}).files().get(0);
        Files.writeString(first.resolveSibling("broken.png"), "no picture");
        Files.writeString(first.resolveSibling("notes.txt"), "no picture by its name");
        head = folder.resolve("head.safetensors");
        ExpectedScores.saveHead(head);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void scoresAreThoseOfTheCommandLine() throws IOException {
        Path out = folder.resolve("scores");
        JobRun run = JobRun.of(
                new EvaluateZeroShot(),
                "--data",
                data,
                "--out",
                out,
                "--head",
                head,
                "--alpha",
                "0.1,0.5",
                "--noise-batch",
                5,
                "--seed",
                11);
        assertThat(run.code()).as(run.err()).isZero();
        List<String> expected =
                ExpectedScores.of(data, Map.of("noise-batch", List.of("5"), "seed", List.of("11")), head, 0.1f, 0.5f);
        assertThat(lines(out.resolve("scores.jsonl"))).isEqualTo(expected);
        // Nothing could be learnt from scores that are alike.
        assertThat(expected.stream()
                        .map(row -> row.replaceFirst(".*\"value\":", ""))
                        .distinct()
                        .count())
                .isGreaterThan(12);
        assertThat(run.out()).contains("CLAP α=0.5", "NC", "Δ(NC)", "1 of them cannot be decoded");
        assertThatClassesAddUp(out);
    }

    /** Checks that the counts of classes give the accuracies of domains. */
    private static void assertThatClassesAddUp(Path out) throws IOException {
        Map<String, long[]> sums = new LinkedHashMap<>();
        for (String line : lines(out.resolve("classes.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            long[] sum = sums.computeIfAbsent(key(row), key -> new long[2]);
            sum[0] += row.get("correct").asLong();
            sum[1] += row.get("images").asLong();
        }
        for (String line : lines(out.resolve("scores.jsonl"))) {
            JsonNode row = JSON.readTree(line);
            if (row.get("measure").asText().equals("zeroshot")) {
                long[] sum = sums.remove(key(row));
                assertThat(row.get("value").asDouble()).isEqualTo(100.0 * sum[0] / sum[1]);
            }
        }
        assertThat(sums).isEmpty();
    }

    private static String key(JsonNode row) {
        return row.get("method") + " " + row.get("alpha") + " " + row.get("prompt") + " " + row.get("domain");
    }

    @Test
    void promptsMayBeOwnOnesAndPicturesInATable() throws IOException {
        Path table = folder.resolve("table");
        LocalSpark.session()
                .read()
                .format("binaryFile")
                .option("recursiveFileLookup", true)
                .option("pathGlobFilter", "*.png")
                .load(data.toString())
                .withColumn("domain", functions.element_at(functions.split(functions.col("path"), "/"), -3))
                .withColumn(
                        "class",
                        functions.replace(
                                functions.element_at(functions.split(functions.col("path"), "/"), -2),
                                functions.lit("_"),
                                functions.lit(" ")))
                .withColumnRenamed("content", "image")
                .write()
                .parquet(table.toString());
        Path out = folder.resolve("own");
        JobRun run = JobRun.of(
                new EvaluateZeroShot(),
                "--data",
                table,
                "--column",
                "image",
                "--out",
                out,
                "--template",
                "an icon of a {class}",
                "--template",
                "{class}!",
                "--styles",
                "PC,NC");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(lines(out.resolve("scores.jsonl")))
                .isEqualTo(ExpectedScores.of(
                        data,
                        Map.of("template", List.of("an icon of a {class}", "{class}!"), "styles", List.of("PC,NC")),
                        head));
    }

    @Test
    void aDomainAndSomeClassesMayBeChosen() throws IOException {
        Path out = folder.resolve("some");
        Dataset dataset = Dataset.read(data, warning -> {});
        List<String> classes = dataset.classes().subList(3, 6);
        String domain = dataset.domains().get(1).name();
        JobRun run = JobRun.of(
                new EvaluateZeroShot(),
                "--data",
                data,
                "--out",
                out,
                "--styles",
                "C",
                "--domain",
                domain,
                "--classes",
                String.join(",", classes));
        assertThat(run.code()).as(run.err()).isZero();
        try (Stream<String> rows = Files.lines(out.resolve("classes.jsonl"))) {
            assertThat(rows).hasSize(3).allMatch(row -> row.contains("\"domain\":\"" + domain + "\""));
        }
    }

    @Test
    void anExistingFolderIsKeptUnlessItIsToBeReplaced() throws IOException {
        Path out = Files.createDirectory(folder.resolve("there"));
        Files.writeString(out.resolve("old"), "old");
        Object[] arguments = {"--data", data, "--out", out, "--styles", "C"};
        JobRun refused = JobRun.of(new EvaluateZeroShot(), arguments);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("exists already").hasLineCount(1);
        Object[] replacing = Stream.concat(Stream.of(arguments), Stream.of("--mode", "overwrite"))
                .toArray();
        assertThat(JobRun.of(new EvaluateZeroShot(), replacing).code()).isZero();
        assertThat(out.resolve("old")).doesNotExist();
        assertThat(out.resolve("scores.jsonl")).exists();
    }

    @Test
    void wrongUseIsOneSentence() {
        assertThatIsWrongUse("[C, PC, CP, NC]", "--data", data, "--out", folder.resolve("x"), "--styles", "XX");
        assertThatIsWrongUse("--alpha", "--data", data, "--out", folder.resolve("x"), "--alpha", "0.1");
        assertThatIsWrongUse("--out", "--data", data);
        assertThatIsWrongUse("--mode", "--data", data, "--out", folder.resolve("x"), "--mode", "append");
        assertThatIsWrongUse("--unknown", "--data", data, "--out", folder.resolve("x"), "--unknown", "1");
    }

    private static void assertThatIsWrongUse(String word, Object... arguments) {
        JobRun run = JobRun.of(new EvaluateZeroShot(), arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(word).hasLineCount(2).endsWith("See --help\n");
    }

    @Test
    void foldersThatAreNoDataSetAreRefused() {
        JobRun run = JobRun.of(new EvaluateZeroShot(), "--data", data.resolve("missing"), "--out", folder.resolve("x"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("There is no file or folder").hasLineCount(1);
        JobRun mixed = JobRun.of(new EvaluateZeroShot(), "--data", folder, "--out", folder.resolve("x"));
        assertThat(mixed.code()).isEqualTo(1);
        assertThat(mixed.err())
                .contains("a data set is <root>/<domain>/<class>/<image>")
                .hasLineCount(1);
    }
}
