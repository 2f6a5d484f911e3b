package dev.clap4j.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFewShotTests {
    @TempDir
    private Path folder;

    private void write() throws IOException {
        for (String domain : List.of("sketch", "art_painting")) {
            for (String name : List.of("alarm_clock", "zebra", "dog")) {
                Path place = Files.createDirectories(
                        folder.resolve("in").resolve(domain).resolve(name));
                for (int i = 0; i < 7 + name.length(); i++) {
                    Files.writeString(place.resolve((i * 37 % 100) + "é.png"), "not read");
                }
                Files.writeString(place.resolve("notes.txt"), "no picture");
            }
        }
    }

    /** The support set of the few-shot measurement, drawn as it does: from the images of a class in order. */
    private List<String> expected(int shots, long seed) {
        Dataset dataset = Dataset.read(folder.resolve("in"), warning -> {});
        List<String> drawn = new ArrayList<>();
        for (Domain domain : dataset.domains()) {
            for (int label = 0; label < dataset.classes().size(); label++) {
                int wanted = label;
                List<String> all = domain.images().stream()
                        .filter(image -> image.label() == wanted)
                        .map(image -> image.path().toString())
                        .toList();
                int[] rows = Streams.sample(
                        all.size(), shots, new Streams(seed).get("few-shot support " + domain.name(), label));
                for (int row = 0; row < rows.length; row++) {
                    drawn.add(row + " " + all.get(rows[row]));
                }
            }
        }
        return drawn;
    }

    @Test
    void drawsTheSupportSetOfTheFewShotMeasurement() throws IOException {
        write();
        SparkSession spark = LocalSpark.session();
        Path out = folder.resolve("out");
        JobRun run =
                JobRun.of(new SampleFewShot(), "--data", folder.resolve("in"), "--shots", 4, "--seed", 9, "--out", out);
        assertThat(run.code()).as(run.err()).isZero();
        List<Row> rows =
                spark.read().parquet(out.toString()).select("shot", "path").collectAsList();
        assertThat(rows.stream()
                        .map(row -> row.getInt(0) + " " + row.getString(1).replaceFirst("^file:(//)?", "")))
                .containsExactlyInAnyOrderElementsOf(expected(4, 9));
    }

    @Test
    void refusesNoShots() {
        assertThatThrownBy(() -> SampleFewShot.sample(LocalSpark.session().emptyDataFrame(), 0, 0))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("1 shot");
    }
}
