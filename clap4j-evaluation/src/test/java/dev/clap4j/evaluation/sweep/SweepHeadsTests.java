package dev.clap4j.evaluation.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepHeadsTests {
    private static final Path FOLDER = Path.of("sweep");

    private static Map<String, String> point(String... namesAndValues) {
        Map<String, String> point = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            point.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return point;
    }

    @Test
    void aFolderTellsItsPoint() {
        Map<String, String> point = point("latent", "64", "tau", "0.5");
        assertThat(new SweepHeads(FOLDER, List.of(point)).folder(0, point, 1))
                .isEqualTo(Path.of("sweep/heads/model-0/latent=64,tau=0.5/seed-1"));
        assertThat(new SweepHeads(FOLDER, List.of(Map.of())).folder(2, Map.of(), 0))
                .isEqualTo(Path.of("sweep/heads/model-2/same/seed-0"));
    }

    /** Two points in one folder would share their heads. */
    @Test
    void everyPointHasAFolderOfItsOwnWithinTheSweeps() {
        List<Map<String, String>> points = List.of(
                point("prompts", "llm:a/b"),
                point("prompts", "llm:a_b"),
                point("prompts", "llm:a b"),
                point("prompts", "llm:A B"),
                point("prompts", "llm:../../.."),
                point("prompts", "llm:" + "x".repeat(300)),
                point("prompts", "llm:" + "x".repeat(299) + "y"),
                point("x", "1,y=2"),
                point("x", "1", "y", "2"),
                point("x", "1%2Cy=2"));
        SweepHeads heads = new SweepHeads(FOLDER, points);
        List<Path> folders =
                points.stream().map(point -> heads.folder(0, point, 0)).toList();
        assertThat(folders.stream().map(folder -> folder.toString().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
        assertThat(folders)
                .allMatch(folder -> folder.normalize().startsWith("sweep/heads/model-0") && folder.getNameCount() == 5);
    }
}
