package dev.clap4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFingerprintTests {
    @TempDir
    private Path folder;

    private Dataset dataset(String name, String cat) throws IOException {
        Path root = folder.resolve(name);
        image(root.resolve("cat/1.png"), cat);
        image(root.resolve("dog/1.png"), "dog");
        return Dataset.read(root, warning -> {});
    }

    private static void image(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @Test
    void followsTheContentOfImagesAndNotTheFolder() throws IOException {
        String before = DatasetFingerprint.of(dataset("one", "cat"));
        assertThat(before).matches("[0-9a-f]{32}");
        assertThat(DatasetFingerprint.of(dataset("other", "cat"))).isEqualTo(before);
        assertThat(DatasetFingerprint.of(dataset("one", "cut"))).isNotEqualTo(before);
    }

    @Test
    void followsNamesAndClasses() throws IOException {
        Dataset data = dataset("one", "dog");
        String before = DatasetFingerprint.of(data);
        Files.move(data.root().resolve("cat/1.png"), data.root().resolve("cat/2.png"));
        assertThat(DatasetFingerprint.of(Dataset.read(data.root(), warning -> {})))
                .isNotEqualTo(before);
    }
}
