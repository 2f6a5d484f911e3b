package dev.clap4j.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StreamsTests {
    @Test
    void aLargerSampleBeginsWithTheSmaller() {
        int[] nine = Streams.sample(40, 9, new Streams(1).get("sample", 0));

        assertThat(nine).hasSize(9).doesNotHaveDuplicates();
        assertThat(Arrays.stream(nine)).allMatch(number -> number >= 0 && number < 40);
        assertThat(Streams.sample(40, 5, new Streams(1).get("sample", 0))).isEqualTo(Arrays.copyOf(nine, 5));
        assertThat(Streams.sample(3, 5, new Streams(1).get("sample", 0))).containsExactlyInAnyOrder(0, 1, 2);
    }
}
