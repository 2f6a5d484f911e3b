package dev.clap4j.experiment.measurement.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttackBatchTests {
    private static Domain domain(String name, int images) {
        return new Domain(
                name,
                IntStream.range(0, images)
                        .mapToObj(i -> new LabelledImage(Path.of(name, i + ".png"), i % 3))
                        .toList());
    }

    @Test
    void aSampleIsDrawnFromTheSeed() {
        Domain all = domain("photo", 40);

        List<LabelledImage> five = AttackBatch.sample(all, 5, 1);

        assertThat(five).hasSize(5);
        assertThat(AttackBatch.sample(domain("sketch", 3), 5, 1)).hasSize(3);
        assertThat(AttackBatch.sample(all, 5, 1)).isEqualTo(five);
        assertThat(AttackBatch.sample(all, 5, 2)).isNotEqualTo(five);
        assertThat(AttackBatch.sample(all, 9, 1)).containsAll(five);
        assertThat(all.images()).containsSubsequence(five);
    }

    @Test
    void batchesHoldTheSampleOfEachDomain() {
        Domain photo = domain("photo", 40);
        Dataset all = new Dataset(Path.of("data"), List.of("a", "b", "c"), List.of(domain("art", 7), photo));

        List<AttackBatch> batches = AttackBatch.of(all, 20, 1, 224);

        assertThat(batches).extracting(AttackBatch::domain).containsExactly(0, 1, 1, 1);
        assertThat(batches).extracting(AttackBatch::from).containsExactly(0, 0, 8, 16);
        assertThat(batches.stream().skip(1).flatMap(batch -> batch.files().stream()))
                .containsExactlyElementsOf(AttackBatch.sample(photo, 20, 1).stream()
                        .map(LabelledImage::path)
                        .toList());
    }

    @Test
    void examplesAreSpreadOverADomain() {
        assertThat(AttackBatch.examples(40, 4)).containsExactly(10, 30);
        assertThat(AttackBatch.examples(3, 2)).containsExactly(0, 1, 2);
        assertThat(AttackBatch.examples(40, 20)).containsExactly(20);
        assertThat(AttackBatch.within(new int[] {10, 30}, 8, 16)).containsExactly(2);
    }
}
