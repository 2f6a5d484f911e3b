package dev.clap4j.experiment.measurement.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.LabelledImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DomainSampleTests {
    private static Domain domain(String name, int images) {
        return new Domain(
                name,
                IntStream.range(0, images)
                        .mapToObj(i -> new LabelledImage(Path.of(name, i + ".png"), i % 3))
                        .toList());
    }

    private static Dataset dataset(Domain... domains) {
        return new Dataset(Path.of("data"), List.of("a", "b", "c"), List.of(domains));
    }

    @Test
    void itIsDrawnFromTheSeed() {
        Dataset all = dataset(domain("photo", 40), domain("sketch", 3));

        Dataset five = DomainSample.draw(all, 5, 1);

        assertThat(five.domains()).extracting(d -> d.images().size()).containsExactly(5, 3);
        assertThat(DomainSample.draw(all, 5, 1)).isEqualTo(five);
        assertThat(DomainSample.draw(all, 5, 2)).isNotEqualTo(five);
        assertThat(DomainSample.draw(all, 9, 1).domains().get(0).images())
                .containsAll(five.domains().get(0).images());
        assertThat(all.domains().get(0).images())
                .containsSubsequence(five.domains().get(0).images());
    }

    @Test
    void domainsDoNotDisturbEachOther() {
        Domain photo = domain("photo", 40);

        assertThat(DomainSample.draw(dataset(domain("art", 7), photo), 5, 1)
                        .domains()
                        .get(1))
                .isEqualTo(DomainSample.draw(dataset(photo), 5, 1).domains().get(0));
    }

    @Test
    void examplesAreSpreadOverADomain() {
        assertThat(AttackBatch.examples(40, 4)).containsExactly(10, 30);
        assertThat(AttackBatch.examples(3, 2)).containsExactly(0, 1, 2);
        assertThat(AttackBatch.examples(40, 20)).containsExactly(20);
        assertThat(AttackBatch.within(new int[] {10, 30}, 8, 16)).containsExactly(2);
    }
}
