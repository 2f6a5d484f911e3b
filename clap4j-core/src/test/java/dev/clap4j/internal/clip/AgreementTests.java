package dev.clap4j.internal.clip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Precision;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.onnx.OrtEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTests {
    private static final Offset<Double> TINY = Offset.offset(1e-7);

    @Test
    void cosinesAndBestTexts() {
        FeatureMatrix texts = matrix(1, 0, 0, 1);
        Agreement agreement = Agreement.of(matrix(3, 1, 1, 3, 2, 1), matrix(3, 1, 3, 1, 4, 2), texts, texts);
        // The second image turned from (1, 3) to (3, 1): a cosine of 6 / 10, and another best text.
        assertThat(agreement.images().count()).isEqualTo(3);
        assertThat(agreement.images().mean()).isCloseTo(2.6 / 3, TINY);
        assertThat(agreement.images().least()).isCloseTo(0.6, TINY);
        assertThat(agreement.texts()).isEqualTo(new CosineSummary(2, 1, 1));
        assertThat(agreement.sameText()).isCloseTo(2 / 3.0, TINY);
        assertThat(agreement)
                .hasToString("cosine of image features 0.86667 (at least 0.60000, of 3), of text features"
                        + " 1.00000 (at least 1.00000, of 2), the same best text for 66.7 % of the images");
    }

    @Test
    void aModelIsMeasuredOnce(@TempDir Path folder) throws IOException {
        RandomCheckpoint.write("tiny", 1, Optional.empty(), folder.resolve("model"));
        Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"));
        OrtEngine engine = OrtEngine.create().withPrecision(Precision.INT8);
        KnownAgreement known = new KnownAgreement(folder.resolve("cache"));
        assertThat(known.knows(checkpoint, engine)).isFalse();
        Agreement measured = known.of(checkpoint, engine);
        assertThat(known.knows(checkpoint, engine)).isTrue();
        assertThat(measured.images().count()).isEqualTo(8);
        assertThat(measured.images().least()).isBetween(0.99, 0.9999999);
        assertThat(measured.texts()).as("a model without a tokenizer").isNull();
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("cache/agreement"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, Files.readString(file).replace("\"count\":8", "\"count\":9"));
        assertThat(known.of(checkpoint, engine).images().count())
                .as("read from the file")
                .isEqualTo(9);
        Files.writeString(file, "{");
        assertThat(known.of(checkpoint, engine)).as("measured anew").isEqualTo(measured);
    }

    private static FeatureMatrix matrix(float... values) {
        List<String> ids =
                IntStream.range(0, values.length / 2).mapToObj(String::valueOf).toList();
        return new FeatureMatrix(ids, 2, values);
    }
}
