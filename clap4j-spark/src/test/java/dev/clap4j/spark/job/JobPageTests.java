package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The command lines of the jobs on the page on Spark. */
class JobPageTests {
    private static final Pattern COMMAND =
            Pattern.compile("spark-submit --master \\S+ --class dev\\.clap4j\\.spark\\.job\\.(\\w+) \\\\\n"
                    + " +clap4j-spark-VERSION-assembly\\.jar ((?:.*\\\\\n)*.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static final Map<String, Runnable> JOBS = Map.of(
            "EmbedImages", new EmbedImages(),
            "ClassifyImages", new ClassifyImages(),
            "EvaluateZeroShot", new EvaluateZeroShot(),
            "SampleFewShot", new SampleFewShot(),
            "NearDuplicates", new NearDuplicates());

    @Test
    void everyJobHasACommandThatItUnderstands() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        Matcher commands = COMMAND.matcher(Files.readString(Path.of("..", "docs", "spark.md")));
        while (commands.find()) {
            String options = commands.group(2).replace("\\\n", " ");
            List<String> words = WORD.matcher(options)
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toList();
            found.put(commands.group(1), words);
        }
        assertThat(found.keySet()).isEqualTo(new TreeMap<>(JOBS).keySet());
        found.forEach((job, words) -> assertThat(JobMain.line(JOBS.get(job))
                        .parseArgs(words.toArray(String[]::new))
                        .unmatched())
                .isEmpty());
    }

    @Test
    void helpIsPrinted() {
        JOBS.forEach((name, job) -> {
            JobRun run = JobRun.of(job, "--help");
            assertThat(run.code()).isZero();
            assertThat(run.out()).contains("Usage: " + name, "--out=DIR");
        });
    }
}
