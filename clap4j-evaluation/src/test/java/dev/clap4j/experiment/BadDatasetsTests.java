package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.BadFile;
import dev.clap4j.ClapException;
import dev.clap4j.dataset.Dataset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadDatasetsTests {
    @TempDir
    Path folder;

    @Test
    void eachIsRefusedInItsOwnWords() throws Exception {
        List<BadFile> datasets = BadDatasets.create(folder);

        assertThat(datasets)
                .hasSizeGreaterThanOrEqualTo(8)
                .extracting(BadFile::message)
                .doesNotHaveDuplicates();
        for (BadFile bad : datasets) {
            assertThatThrownBy(() -> Dataset.read(bad.path(), warning -> {}))
                    .as(bad.name())
                    .isInstanceOf(ClapException.class)
                    .hasMessage(bad.message());
        }
    }
}
